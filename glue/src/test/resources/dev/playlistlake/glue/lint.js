// Prints what AWS's linter says of each template, as one JSON object: file name -> diagnostics.
const path = require('path');
const [, , modules, ...files] = process.argv;
const { CelEngine, TemplateFile } = require(path.resolve(modules, '@aws/cloudformation-validate'));
const engine = new CelEngine();
// The linter looks at both sides of every Fn::If, but takes a Ref for the parameter's default: an empty ARN would be
// a fault where the condition rules it out.
const parameterOverrides = {
  KmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
};
const answers = {};
for (const file of files) {
  answers[path.basename(file)] = engine.validateStandard(new TemplateFile(file), {
    severityLevel: 'WARN',
    parameterOverrides,
  }).diagnostics;
}
console.log(JSON.stringify(answers));
