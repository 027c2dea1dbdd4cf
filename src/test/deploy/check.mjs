// Prints what is wrong with CloudFormation templates, a line each: properties that AWS's published resource schemas do not
// know, miss or type differently, references that lead nowhere, and circles of dependencies.
//
//   node src/test/deploy/check.mjs template.json…
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const spec = loadAwsServiceSpecSync();
const PSEUDO = /^AWS::(AccountId|NotificationARNs|NoValue|Partition|Region|StackId|StackName|URLSuffix)$/;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const intrinsic = (value) =>
  isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::|Condition$)/.test(Object.keys(value)[0]);
const noValue = (value) => isObject(value) && value.Ref === 'AWS::NoValue';

for (const file of process.argv.slice(2)) {
  const { Resources: resources, Outputs: outputs = {} } = JSON.parse(readFileSync(file, 'utf8'));
  const wrong = (where, what) => console.log(`${file}: ${where}: ${what}`);
  const schemas = Object.fromEntries(Object.entries(resources).map(([name, { Type }]) => {
    const found = spec.lookup('resource', 'cloudFormationType', 'equals', Type);
    if (found.length === 0) wrong(name, `no resource type ${Type}`);
    return [name, found[0]];
  }));

  for (const [name, resource] of Object.entries(resources)) {
    if (schemas[name]) members(name, resource.Properties ?? {}, schemas[name].properties);
  }
  const edges = Object.fromEntries(Object.keys(resources).map((name) => [name, new Set()]));
  for (const [name, { DependsOn = [], ...resource }] of Object.entries(resources)) {
    [DependsOn].flat().forEach((target) => refer(name, target));
    references(name, resource);
  }
  references('Outputs', outputs);
  circles();

  // Properties of a resource, or of a type that one of its properties has.
  function members(where, values, properties) {
    for (const [name, value] of Object.entries(values)) {
      if (!properties[name]) wrong(`${where}.${name}`, 'no such property');
      else typed(`${where}.${name}`, value, [properties[name].type, ...(properties[name].previousTypes ?? [])]);
    }
    for (const [name, { required }] of Object.entries(properties)) {
      if (required && (!(name in values) || noValue(values[name]))) wrong(`${where}.${name}`, 'missing');
    }
  }

  function typed(where, value, types) {
    if (intrinsic(value) || types.some((type) => type.type === 'union')) return;
    const type = types.find((one) => fits(value, one));
    if (!type) {
      wrong(where, `${JSON.stringify(value)} is no ${types.map(({ type: one }) => one).join(' or ')}`);
    } else if (type.type === 'array') {
      value.filter((element) => !noValue(element))
        .forEach((element, at) => typed(`${where}[${at}]`, element, [type.element]));
    } else if (type.type === 'map') {
      Object.entries(value).forEach(([key, element]) => typed(`${where}.${key}`, element, [type.element]));
    } else if (type.type === 'ref') {
      members(where, value, spec.get('typeDefinition', type.reference).properties);
    }
  }

  function fits(value, { type }) {
    switch (type) {
      case 'string': case 'date-time': return ['string', 'number', 'boolean'].includes(typeof value);
      case 'integer': return Number.isInteger(value);
      case 'number': return typeof value === 'number';
      case 'boolean': return typeof value === 'boolean' || value === 'true' || value === 'false';
      case 'array': return Array.isArray(value);
      case 'map': case 'ref': case 'tag': return isObject(value);
      default: return true; // JSON
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
