// compile: lays the trained trees out for speed. It stands where SageMaker's own compiler (Neo) stands in
// a release: model in, compiled model out, the same answers.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { flatten } from './compiled/flat-trees.ts';
import { bytesOf } from './compiled/trees-file.ts';
import { type Container, parseJson, pathIn, RefusedInputError, writeJson, writeWhole } from './container.ts';
import { featureImportance } from './evidence/curves.ts';
import { featureNames } from './model/features.ts';
import {
  type CompilationReport,
  compilationFile,
  compiledTreesFile,
  featuresFile,
  trainingFile,
} from './model/flight-model.ts';
import { filesInArchiveIn } from './model/model-files.ts';
import { modelFromXgboostJson } from './model/xgboost-json.ts';

export async function compile(container: Container): Promise<void> {
  await refuseOtherFrameworks(pathIn(container, 'input/config/compilation.json'));
  const files = await filesInArchiveIn(pathIn(container, 'input/data/model'), 'the input "model"');
  const modelFiles = files.names.filter((name) => name.endsWith('.model'));
  // Neo's own rule for XGBoost, and the reason for the file's name.
  if (modelFiles.length !== 1) {
    throw new RefusedInputError(
      `The model archive has ${modelFiles.length} files that end in .model; it must have exactly one.`,
    );
  }
  const text = await files.read(modelFiles[0] as string);
  const boosted = modelFromXgboostJson(text.toString());
  const flat = flatten(boosted);
  const report: CompilationReport = {
    schemaVersion: 1,
    compiledFrom: createHash('sha256').update(text).digest('hex'),
    trees: flat.trees,
    nodes: flat.features.length,
    featureImportance: featureImportance(boosted, featureNames),
  };

  const place = (name: string) => pathIn(container, 'model', name);
  await writeWhole(place(compiledTreesFile), bytesOf(flat));
  await writeJson(place(compilationFile), report);
  // How a flight becomes numbers and how the model came to be are no part of the trees, and go along.
  for (const name of [featuresFile, trainingFile]) await writeWhole(place(name), await files.read(name));
  container.log(`trees=${report.trees} nodes=${report.nodes} compiled_from_bytes=${text.length}`);
}

/** A job that names no framework, or none at all, is one by hand. */
async function refuseOtherFrameworks(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const job = parseJson(text, 'compilation.json') as { InputConfig?: { Framework?: unknown } } | null;
  const framework = job?.InputConfig?.Framework;
  if (framework === undefined || framework === 'XGBOOST') return;
  throw new RefusedInputError(
    `The job names the framework ${JSON.stringify(framework)}; flight-delay's model is XGBOOST.`,
  );
}
