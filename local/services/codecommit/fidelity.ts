import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'CodeCommit',
  behaviours: [
    {
      behaviour: 'What EventBridge hears when a branch is made, moves or goes, with `oldCommitId`',
      source: 'guide: Monitoring events; schema registry',
      standing: 'as AWS',
    },
    {
      behaviour: 'Branches and commits by calls; pushes, whose protocol is Git’s, by `world.codecommit.push`',
      source: 'model',
      standing: 'ours',
    },
    {
      behaviour: 'Files, trees, differences, pull requests, triggers; most words of refusals are ours',
      source: 'guide: CodeCommit',
      standing: 'not modelled',
    },
  ],
};
