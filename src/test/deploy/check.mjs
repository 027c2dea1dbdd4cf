// Prints what is wrong with CloudFormation templates, a line each: properties that AWS's published resource schemas do not
// know, miss or type differently, values that they do not allow, references that lead nowhere, and circles of dependencies.
//
//   node src/test/deploy/check.mjs template.json…
//
// AWS's own package of the schemas knows names, types and what is required, but of limits only which texts there are to choose
// from. The others are in another package of the same schemas, as comments. Neither knows that elements must differ, nor
// which properties go together. What an intrinsic function will be is not known here: it passes.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const spec = loadAwsServiceSpecSync();
const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false, unicodeRegExp: false });
const validators = new Map();
const PSEUDO = /^AWS::(AccountId|NotificationARNs|NoValue|Partition|Region|StackId|StackName|URLSuffix)$/;
const INTRINSIC = {
  type: 'object', minProperties: 1, maxProperties: 1, patternProperties: { '^(Ref|Fn::.*|Condition)$': true }, additionalProperties: false,
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const noValue = (value) => isObject(value) && value.Ref === 'AWS::NoValue';
const withoutNoValue = (value) => {
  if (Array.isArray(value)) return value.filter((element) => !noValue(element)).map(withoutNoValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => !noValue(member)).map(([name, member]) => [name, withoutNoValue(member)]),
  );
};

// The limits of each property of a resource type, by the name of the type that has it; its own are those of `Properties`.
function limitsOf(resourceType) {
  const declarations = new URL(
    `../../../node_modules/@awboost/cfn-resource-types/lib/${resourceType.replaceAll('::', '-')}.d.ts`, import.meta.url,
  );
  const limits = {};
  let properties = {};
  let tags = {};
  for (const line of readFileSync(declarations, 'utf8').split('\n')) {
    const [, type] = /^export type (\w+) =/.exec(line) ?? [];
    const [, tag, limit] = /^ *\* @(min|max|minLength|maxLength|pattern) `(.*)`$/.exec(line) ?? [];
    const [, property, shape] = /^ {4}(\w+)\??: (.*);$/.exec(line) ?? [];
    if (type) {
      const name = type === `${resourceType.split('::').slice(1).join('')}Properties` ? 'Properties' : type;
      properties = limits[name] = {};
      tags = {};
    } else if (tag === 'pattern') {
      tags.pattern = limit.replace(/\\Z$/, '$');
    } else if (tag) {
      tags[tag] = Number(limit);
    } else if (property) {
      properties[property] = { ...tags, ...literals(shape) };
      tags = {};
    }
  }
  return limits;
}

// The texts or numbers that a value, or each element of an array, has to be one of: `"a" | "b"`, `("a" | "b")[]`.
function literals(shape) {
  const values = shape.match(/"[^"]*"|\b\d+\b/g);
  return values && /^[()|[\] ]*$/.test(shape.replace(/"[^"]*"|\b\d+\b/g, '')) ? { values: values.map((one) => JSON.parse(one)) } : {};
}

// A resource type as JSON Schema.
function schemaOf({ cloudFormationType, properties }) {
  const limits = limitsOf(cloudFormationType);
  const $defs = {};
  // Without what is undefined.
  return JSON.parse(JSON.stringify({ ...object('Properties', properties), $defs }));

  function object(name, members) {
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([member, { type, previousTypes = [] }]) => {
        const types = [type, ...previousTypes].map((one) => value(one, limits[name]?.[member] ?? {}));
        return [member, types.length > 1 ? { anyOf: types } : types[0]];
      })),
      required: Object.entries(members).filter(([, { required }]) => required).map(([member]) => member),
      additionalProperties: false,
    };
  }

  function value(type, limit) {
    return { if: INTRINSIC, else: typed(type, limit) };
  }

  function typed(type, { min, max, minLength, maxLength, pattern, values = type.allowedValues }) {
    switch (type.type) {
      // CloudFormation makes text of the others.
      case 'string': return { type: ['string', 'number', 'boolean'], enum: values, minLength, maxLength, pattern };
      case 'date-time': return { type: 'string' };
      case 'integer': case 'number': return { type: type.type, enum: values, minimum: min, maximum: max };
      case 'boolean': return { enum: [true, false, 'true', 'false'] };
      case 'array':
        return { type: 'array', items: value(type.element, { values }), minItems: minLength, maxItems: maxLength };
      case 'map': return { type: 'object', additionalProperties: value(type.element, {}) };
      case 'tag': return { type: 'object' };
      case 'ref': {
        const { name, properties: members } = spec.get('typeDefinition', type.reference);
        if (!(name in $defs)) {
          $defs[name] = true; // it may hold itself
          $defs[name] = object(name, members);
        }
        return { $ref: `#/$defs/${name}` };
      }
      default: return {}; // JSON, or one of several
    }
  }
}

function validatorOf(schema) {
  const { cloudFormationType } = schema;
  if (!validators.has(cloudFormationType)) validators.set(cloudFormationType, ajv.compile(schemaOf(schema)));
  return validators.get(cloudFormationType);
}

for (const file of process.argv.slice(2)) {
  const { Resources: resources, Outputs: outputs = {} } = withoutNoValue(JSON.parse(readFileSync(file, 'utf8')));
  const wrong = (where, what) => console.log(`${file}: ${where}: ${what}`);
  const schemas = Object.fromEntries(Object.entries(resources).map(([name, { Type }]) => {
    const found = spec.lookup('resource', 'cloudFormationType', 'equals', Type);
    if (found.length === 0) wrong(name, `no resource type ${Type}`);
    return [name, found[0]];
  }));

  for (const [name, { Properties: properties = {} }] of Object.entries(resources)) {
    const validate = schemas[name] && validatorOf(schemas[name]);
    if (validate && !validate(properties)) validate.errors.forEach((error) => invalid(name, error));
  }
  const edges = Object.fromEntries(Object.keys(resources).map((name) => [name, new Set()]));
  for (const [name, { DependsOn = [], ...resource }] of Object.entries(resources)) {
    [DependsOn].flat().forEach((target) => refer(name, target));
    references(name, resource);
  }
  references('Outputs', outputs);
  circles();

  function invalid(name, { keyword, instancePath, params, data, message }) {
    const where = name + instancePath.replaceAll('/', '.');
    switch (keyword) {
      case 'if': return undefined; // what is wrong is in another error
      case 'additionalProperties': return wrong(`${where}.${params.additionalProperty}`, 'no such property');
      case 'required': return wrong(`${where}.${params.missingProperty}`, 'missing');
      case 'enum': return wrong(where, `${JSON.stringify(data)} must be one of ${params.allowedValues.join(', ')}`);
      default: return wrong(where, `${JSON.stringify(data)} ${message}`);
    }
  }

  function references(from, value) {
    if (Array.isArray(value)) return value.forEach((element) => references(from, element));
    if (!isObject(value)) return undefined;
    if (typeof value.Ref === 'string') return refer(from, value.Ref);
    if (value['Fn::GetAtt']) {
      const path = value['Fn::GetAtt'];
      const [target, ...attribute] = typeof path === 'string' ? path.split('.') : path;
      return refer(from, target, attribute.join('.'));
    }
    if (value['Fn::Sub']) {
      const [text, own = {}] = [value['Fn::Sub']].flat();
      for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const [target, ...attribute] = name.split('.');
        if (!(name in own)) refer(from, target, attribute.join('.'));
      }
      return references(from, own);
    }
    return Object.values(value).forEach((element) => references(from, element));
  }

  function refer(from, target, attribute = '') {
    if (PSEUDO.test(target)) return;
    if (!resources[target]) return void wrong(from, `refers to ${target}, which is not there`);
    const known = schemas[target]?.attributes ?? {};
    const properties = schemas[target]?.properties ?? {};
    if (attribute && !(attribute in known) && !(attribute in properties)) {
      wrong(from, `refers to ${target}.${attribute}, which ${resources[target].Type} does not have`);
    }
    edges[from]?.add(target);
  }

  function circles() {
    const done = new Set();
    const walk = (name, path) => {
      if (path.includes(name)) return void wrong(name, `a circle: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`);
      if (done.has(name)) return;
      edges[name].forEach((target) => walk(target, [...path, name]));
      done.add(name);
    };
    Object.keys(edges).forEach((name) => walk(name, []));
  }
}
