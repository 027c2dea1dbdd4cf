// What deploy/choices.js makes of some params on top of the defaults: nothing, or the sentence that refuses them.
// `values` prints the params with their values instead, null where there are too many to list, and `params` their defaults.
//
//   node src/test/deploy/choose.cjs topology=single vpc=on stage=dev region=us-east-1
const { readFileSync } = require('node:fs');
const yaml = require('js-yaml');
const choices = require('../../../deploy/choices.js');

const defaults = yaml.load(readFileSync('deploy/params.yml', 'utf8'));

if (process.argv[2] === 'values') {
  console.log(JSON.stringify(choices.values));
} else if (process.argv[2] === 'params') {
  console.log(JSON.stringify(defaults));
} else {
  const { stage = 'dev', region = 'us-east-1', ...given } = Object.fromEntries(process.argv.slice(2).map((param) => param.split(/=(.*)/s)));
  const params = { ...defaults.default, ...given };
  const others = { 'sls:stage': stage, 'self:provider.region': region };
  choices({
    options: { param: Object.entries(given).map(([name, value]) => `${name}=${value}`) },
    resolveConfigurationProperty: async () => defaults,
    resolveVariable: async (name) => others[name] ?? params[name.replace('param:', '')],
  }).catch((e) => console.log(e.message));
}
