// Reads an AsyncAPI document with the AsyncAPI project's own parser, Avro schemas included, and tells what it finds.
// usage: node asyncapi-check.mjs FILE
import { Parser, fromFile } from '@asyncapi/parser';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';

const file = process.argv[2];
const parser = new Parser();
const avro = AvroSchemaParser();
parser.registerSchemaParser(avro);
const { document, diagnostics } = await fromFile(parser, file).parse();
const severities = ['error', 'warning', 'info', 'hint'];
const counts = { error: 0, warning: 0, info: 0, hint: 0 };
const tell = (severity, place, message) => {
    counts[severity]++;
    console.log(`${severity}: ${place}: ${message}`);
};
for (const { severity, code, path, message } of diagnostics) {
    tell(severities[severity], path.join('/'), `${message} (${code})`);
}
let schemas = 0;
for (const message of document?.messages().all() ?? []) {
    if (message.schemaFormat()?.includes('avro')) {
        // The parser turns Avro into JSON schema, but lets through what is no Avro.
        const schema = message.json().payload?.['x-parser-original-payload'];
        const broken = schema ? await avro.validate({ data: schema, path: [] }) : [{ message: 'no schema' }];
        broken.forEach((error) => tell('error', message.id(), error.message));
        schemas++;
    }
}
if (!document || counts.error > 0 || counts.warning > 0) {
    console.error(`${file}: ${counts.error} errors, ${counts.warning} warnings`);
    process.exit(1);
}
console.log(
    `asyncapi ${document.version()}: ${document.channels().all().length} channels, ` +
        `${document.operations().all().length} operations, ${document.messages().all().length} messages, ` +
        `${schemas} Avro schemas, 0 errors, 0 warnings, ${counts.info + counts.hint} hints`,
);
