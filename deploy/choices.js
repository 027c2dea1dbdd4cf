'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');
const yaml = require('js-yaml');

// The params of deploy/params.yml, once each of them is valid and they fit together. The rest of the deployment reads
// them from here, so that a wrong one is told by one sentence.

const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const IMAGE = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/[^@:]+@sha256:[a-f0-9]{64}$/;
const ORIGIN = /^https:\/\/[a-z0-9]+(?:(?:-+|\.)[a-z0-9]+)*(?::([1-9]\d*))?$/;
const LAST_PORT = 65535;

// Part of the names of buckets, which have at most 63 characters and no capitals, and of the domain that people sign in at,
// which may hold none of three names (Amazon S3 User Guide, "Bucket naming rules"; CloudFormation, AWS::Cognito::UserPoolDomain).
const STAGE = /^(?!.*(aws|amazon|cognito))[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_STAGE = 20;

const oneOf = (...values) => ({
  values,
  valid: (value) => values.includes(value),
  hint: `use ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
});
const number = (least, most) => ({
  numeric: true,
  valid: (value) => Number.isInteger(value) && value >= least && value <= most,
  hint: `use a number from ${least} to ${most}`,
});
const text = (valid, hint) => ({ valid, hint });

// What a feed may be called; the partition keys of its rows begin with it and a number sign.
const FEED = /^[a-z][a-z0-9-]{0,62}$/;

// What a pattern may have in all (AWS Lambda Developer Guide, "Control which events Lambda sends to your function").
const LONGEST_PATTERN = 4096;

const FUNCTIONS = { split: ['reader', 'forwarder', 'processor', 'web', 'live', 'keeper'], single: ['sluice'] };

// How many messages the keeper's mappings read at once, beside the call that its schedule makes.
const LETTERS_AT_ONCE = 2;
const FAILURES_AT_ONCE = 10;

const list = (text) => text.split(',').filter((one) => one !== '');
const all = (text, valid) => text === '' || text.split(',').every(valid);
const once = (names) => new Set(names).size === names.length;
const callsOf = ({ reserved }) => Object.fromEntries(list(reserved).map((pair) => pair.split(':')).map(([name, calls]) => [name, Number(calls)]));

// What a function has to have of reserved, if anything: as many calls as read its queues at once, since a message that meets
// a function without a free call counts as one that failed, and one for a function that has other triggers too.
const leastCalls = ({ ingest, readers, topology }) => {
  const reading = ingest === 'queue' ? 2 * readers : readers;
  const keeping = LETTERS_AT_ONCE + FAILURES_AT_ONCE + 1;
  return topology === 'single' ? { sluice: reading + keeping } : { reader: reading, keeper: keeping };
};
const tooFewCalls = (c) => Object.entries(leastCalls(c)).find(([name, least]) => callsOf(c)[name] < least);

// Those of the settings that the zip is made with.
const feedsOf = () => yaml.loadAll(readFileSync(path.join(__dirname, '..', 'application.yml'), 'utf8'))
  .flatMap((part) => part?.sluice?.feeds ?? [])
  .map(({ name }) => name);
const noFeed = ({ forwarded }) => forwarded !== '' && list(forwarded).find((name) => !feedsOf().includes(name));

// AWS Lambda Developer Guide, "Create a Lambda function using a container image".
const elsewhere = ({ imageUri, region }) => imageUri && IMAGE.exec(imageUri)[1] !== region;

const changesOf = ({ forwarded }) => ({ dynamodb: { Keys: { pk: { S: list(forwarded).map((feed) => ({ prefix: `${feed}#` })) } } } });

const RULES = {
  topology: oneOf('split', 'single'),
  ingest: oneOf('direct', 'queue'),
  arch: oneOf('arm64', 'x86_64'),
  image: oneOf('off', 'on'),
  imageUri: text((value) => value === '' || IMAGE.test(value), 'use the address of an image in Amazon ECR by its digest, …@sha256:…'),
  vpc: oneOf('off', 'on'),
  snapStart: oneOf('off', 'on'),
  provisioned: number(0, 1000),
  reserved: text(
    (value) => all(value, (pair) => /^[a-z]+:[1-9]\d{0,3}$/.test(pair)) && once(list(value).map((pair) => pair.split(':')[0])),
    'use pairs like reader:100,web:20, each function once, or none',
  ),
  readers: number(2, 1000),
  parallel: number(1, 10),
  forwarded: text(
    (value) => all(value, (feed) => FEED.test(feed)) && once(list(value))
      && JSON.stringify(changesOf({ forwarded: value })).length <= LONGEST_PATTERN,
    'use the names of feeds, each once, separated by commas, or none; some hundred fit in',
  ),
  logDays: { numeric: true, valid: (value) => LOG_DAYS.includes(value), hint: `CloudWatch knows ${LOG_DAYS.join(', ')}` },
  protection: oneOf('off', 'on'),
  onRemoval: oneOf('delete', 'keep'),
  origins: text(
    (value) => all(value, (origin) => ORIGIN.test(origin) && Number(ORIGIN.exec(origin)[1] ?? 443) <= LAST_PORT) && once(list(value)),
    'use origins like https://app.example.com, each once, separated by commas',
  ),
  alarmEmail: text((value) => value === '' || /^[^@\s,;]+@[^@\s,;]+$/.test(value), 'use one address, or none'),
  artifact: text((value) => value !== '', 'use the path of the zip that mvn package makes'),
};

// Each pair that cannot be, and why: a sentence, or what makes one.
const CONFLICTS = [
  [(c) => c.image === 'on' && !c.imageUri, 'image=on needs imageUri: push the image and give its address by digest.'],
  [(c) => c.image === 'off' && c.imageUri, 'imageUri is set, but image is off: use image=on with it.'],
  [elsewhere, (c) => `imageUri names an image in ${IMAGE.exec(c.imageUri)[1]}, but the stack is in ${c.region}, and Lambda takes images of its own region only: push it there too.`],
  [(c) => c.snapStart === 'on' && c.image === 'on', 'snapStart=on does not go with image=on: Lambda makes snapshots of zips only.'],
  [(c) => c.snapStart === 'on' && c.provisioned, 'snapStart=on does not go with provisioned: Lambda takes one of them.'],
  [(c) => c.snapStart === 'on' && c.topology === 'single', 'snapStart=on needs topology=split: it is for web and live.'],
  [(c) => c.provisioned && c.topology === 'single', 'provisioned needs topology=split: it is for web.'],
  [(c) => c.vpc === 'on' && c.topology === 'single',
    'vpc=on needs topology=split: who has signed in, and the connections of the live tail, cannot be asked for from inside.'],
  [(c) => Object.keys(callsOf(c)).some((name) => !FUNCTIONS[c.topology].includes(name)),
    'reserved names a function that is not there: use reader, forwarder, processor, web, live or keeper, and sluice with topology=single.'],
  [(c) => c.provisioned > callsOf(c).web, 'reserved leaves web less than provisioned, which is part of it.'],
  [tooFewCalls, (c) => {
    const [name, least] = tooFewCalls(c);
    return `reserved gives ${name} less than ${least}, which its triggers take at once: a message that meets a function without a free call counts as one that failed.`;
  }],
  [noFeed, (c) => `forwarded names ${noFeed(c)}, which is no feed of application.yml: it has ${feedsOf().join(', ')}.`],
];

// Without a stack: the framework prints it, and what is wrong is in the sentence.
const refuse = (sentence) => {
  throw Object.assign(new Error(sentence), { stack: sentence });
};

module.exports = async ({ options, resolveConfigurationProperty, resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  if (!STAGE.test(stage) || stage.length > LONGEST_STAGE) {
    refuse(`The stage is '${stage}': use at most ${LONGEST_STAGE} lower-case letters, digits and hyphens between them, without aws, amazon or cognito.`);
  }
  const named = [
    ...[options.param ?? []].flat().map((param) => param.split('=')[0]),
    ...Object.values(await resolveConfigurationProperty(['params'])).flatMap((params) => Object.keys(params ?? {})),
  ];
  const unknown = named.find((name) => !(name in RULES));
  if (unknown !== undefined) refuse(`There is no param ${unknown}: use ${Object.keys(RULES).join(', ')}.`);

  const choices = {};
  for (const [name, rule] of Object.entries(RULES)) {
    const given = await resolveVariable(`param:${name}`);
    // What comes from the command line is text, and a number may be the text of another param.
    const value = !rule.numeric ? String(given) : /^\d+$/.test(given) ? Number(given) : given;
    if (!rule.valid(value)) refuse(`The param ${name} is '${given}': ${rule.hint}.`);
    choices[name] = value;
  }
  const chosen = { ...choices, region: await resolveVariable('self:provider.region') };
  const conflict = CONFLICTS.find(([holds]) => holds(chosen));
  if (conflict) refuse(`The param ${typeof conflict[1] === 'function' ? conflict[1](chosen) : conflict[1]}`);

  const origins = list(choices.origins);
  const page = { 'Fn::Sub': 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}' };
  return {
    ...choices,
    // null leaves a property out.
    reservedConcurrency: callsOf(choices),
    atOnce: { letters: LETTERS_AT_ONCE, failures: FAILURES_AT_ONCE },
    rowsFilter: choices.forwarded === '' ? null : [changesOf(choices)],
    provisionedConcurrency: choices.provisioned || null,
    snapshots: choices.snapStart === 'on' || null,
    protected: choices.protection === 'on',
    deletionPolicy: choices.onRemoval === 'keep' ? 'RetainExceptOnCreate' : 'Delete',
    updatePolicy: choices.onRemoval === 'keep' ? 'Retain' : 'Delete',
    poolProtection: choices.protection === 'on' ? 'ACTIVE' : 'INACTIVE',
    // Pages that may upload into the bucket, and where people come back to after signing in.
    pages: [page, ...origins],
    callbacks: [{ 'Fn::Sub': `${page['Fn::Sub']}/` }, ...origins.map((origin) => `${origin}/`)],
    cors: origins.length === 0 ? false : {
      allowedOrigins: origins,
      allowedHeaders: ['authorization', 'content-type', 'if-none-match'],
      allowedMethods: ['GET', 'HEAD', 'POST', 'DELETE'],
      exposedResponseHeaders: ['etag', 'www-authenticate'],
      maxAge: 600,
    },
    subscriptions: choices.alarmEmail === '' ? [] : [{ Protocol: 'email', Endpoint: choices.alarmEmail }],
  };
};

// For the tests, which take every value once; null where there are too many.
module.exports.values = Object.fromEntries(
  Object.entries(RULES).filter(([name]) => name !== 'artifact').map(([name, { values = null }]) => [name, values]),
);
