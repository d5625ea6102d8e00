import aslService from 'amazon-states-language-service';
import { machinesOf, type Template } from './template.ts';

/** What AWS's own language service, the one behind Workflow Studio and VS Code, finds wrong with a definition. */
export async function aslFindings(template: Template): Promise<string[]> {
  const { getLanguageService, TextDocument } = aslService;
  const language = getLanguageService({});
  const findings: string[] = [];
  for (const [name, { Properties }] of machinesOf(template)) {
    const document = TextDocument.create(
      `file://${name}.asl.json`,
      'asl',
      1,
      JSON.stringify(Properties.Definition, null, 2),
    );
    for (const { message, range } of await language.doValidation(
      document,
      language.parseJSONDocument(document),
    )) {
      findings.push(`${name}: ${message} At: ${document.getText(range).slice(0, 80)}`);
    }
  }
  return findings;
}
