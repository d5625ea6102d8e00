import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { Aws } from '../../aws.ts';

/**
 * Makes a function of one CommonJS file, which is taken away at the end.
 *
 * @returns its name, once it can be called
 */
export const makeFunction = async (aws: Aws, code: string): Promise<string> => {
  const lambda = aws.client(LambdaClient);
  const FunctionName = aws.name('function');
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: aws.role('function'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.js': Buffer.from(code) }) },
      Tags: aws.tagMap,
    }),
  );
  aws.later(`function ${FunctionName}`, () => lambda.send(new DeleteFunctionCommand({ FunctionName })));
  await aws.sleep(15);
  return FunctionName;
};
