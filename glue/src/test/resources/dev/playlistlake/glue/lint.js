// Prints what AWS's linter says of each template, as one JSON object: file name -> diagnostics.
const path = require('path');
const [, , modules, ...files] = process.argv;
const { CelEngine, TemplateFile } = require(path.resolve(modules, '@aws/cloudformation-validate'));
const engine = new CelEngine();
const answers = {};
for (const file of files) {
  answers[path.basename(file)] = engine.validateStandard(new TemplateFile(file), { severityLevel: 'WARN' }).diagnostics;
}
console.log(JSON.stringify(answers));
