// What deploy/choices.js makes of some params on top of the defaults: nothing, or the sentence that refuses them.
// `values` prints the params with their values instead, null where there are too many to list.
//
//   node src/test/deploy/choose.cjs topology=single vpc=on
const { readFileSync } = require('node:fs');
const yaml = require('js-yaml');
const choices = require('../../../deploy/choices.js');

if (process.argv[2] === 'values') {
  console.log(JSON.stringify(choices.values));
} else {
  const given = Object.fromEntries(process.argv.slice(2).map((param) => param.split(/=(.*)/s)));
  const params = { ...yaml.load(readFileSync('deploy/params.yml', 'utf8')).default, ...given };
  choices({ resolveVariable: async (name) => params[name.replace('param:', '')] }).catch((e) => console.log(e.message));
}
