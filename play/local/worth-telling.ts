import type { JournalEntry } from '../../local/journal.ts';

/** A refusal repeats what it refuses, which may be as large as a request. */
const LONGEST = 500;

/**
 * What a person at the terminal wants to hear beside the releases themselves:
 * what was refused, what failed, what came in and what was said.
 */
export const worthTelling = ({ subject, what }: JournalEntry): string | undefined => {
  const [service = '', name = ''] = subject.split('/');
  switch (service) {
    case 'door':
      return `${subject.slice('door/'.length)}: ${shortened(what)}`;
    case 'http':
      return what;
    case 'lambda':
      return what.startsWith('failed') || what.startsWith('dropped') ? `${name} ${what}` : undefined;
    case 'sns':
      return `topic ${name} ${what}`;
    case 'ecr':
      return `repository ${name} ${what}`;
    case 'sqs':
      return `queue ${name} ${what}`;
    default:
      return undefined;
  }
};

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
