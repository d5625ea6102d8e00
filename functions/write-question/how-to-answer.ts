import type { Release } from '#shared/generated/contracts.ts';
import { homeOf } from '#shared/image.ts';

/** The three ways to answer, each ready to be copied. */
export function howToAnswer(release: Release, packageArn: string): string[] {
  const { region } = homeOf(release.executionArn);
  const [, group = '', version = ''] = packageArn.split('/');
  const options = [...stageOption(release.executionArn), '--region', region].join(' ');
  return [
    'To approve or reject, do one of these:',
    `- npx signalbox approve ${release.id} ${options}`,
    `  npx signalbox reject ${release.id} ${options} --reason "why not"`,
    `- SageMaker Studio: Models, Registered models, ${group}, version ${version}, then update its approval status.`,
    `- aws sagemaker update-model-package --region ${region} --model-package-arn ${packageArn} --model-approval-status Approved`,
    '  (or Rejected; --approval-description keeps the reason)',
  ];
}

/** `signalbox-dev-release` is of the stage dev; prod is what the command takes by itself. */
const stageOption = (executionArn: string): string[] => {
  const stage = /^signalbox-(.+)-release$/.exec(executionArn.split(':')[6] ?? '')?.[1] ?? 'prod';
  return stage === 'prod' ? [] : ['--stage', stage];
};
