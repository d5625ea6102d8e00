import { DataMissingError, TooManyObjectsError } from '#shared/errors.ts';
import type {
  ListedObject,
  RunManifest,
  Survey,
  SurveyedPlace,
  SurveyLocation,
  SurveyRequest,
} from '#shared/generated/contracts.ts';
import { DataVersion, ManifestText } from '#shared/manifest.ts';
import { Comparison } from './comparison.ts';
import { objectAt, objectsUnder } from './objects.ts';
import { placeOf, type Store } from './store.ts';

/** Two lists of so many objects fit into the function's memory, and their pages into its time. */
export const MOST_OBJECTS = 1_000_000;

/**
 * Looks at places in S3, and writes down what lies at the first when that is asked for.
 *
 * @throws DataMissingError when nothing lies there that could be written down
 * @throws InputChangedError when an object is not what the location's manifest says
 * @throws TooManyObjectsError
 */
export async function surveyData({ locations, write }: SurveyRequest, store: Store): Promise<Survey> {
  const found: SurveyedPlace[] = [];
  let manifest: RunManifest | null = null;
  // One after the other: a few pages each, and the same order of calls every time.
  for (const [index, location] of locations.entries()) {
    const place = placeOf(location.uri);
    const list = index === 0 && write !== undefined ? new ManifestText(place.bucket, place.key) : undefined;
    const surveyed = await survey(location, store, list);
    found.push(surveyed);
    if (list !== undefined) manifest = await written(list, surveyed, location, write!, store);
  }
  return { found, manifest };
}

async function survey(
  location: SurveyLocation,
  store: Store,
  list: ManifestText | undefined,
): Promise<SurveyedPlace> {
  const { bucket, key } = placeOf(location.uri);
  const version = new DataVersion();
  let etag = '';
  const comparison = location.manifest === undefined ? undefined : new Comparison(location, store);
  const objects: AsyncIterable<ListedObject> =
    comparison?.objects() ??
    (key.endsWith('/') ? objectsUnder(store, bucket, key) : objectAt(store, bucket, key));
  for await (const object of objects) {
    if (version.objects === MOST_OBJECTS) {
      throw new TooManyObjectsError(
        `More than ${MOST_OBJECTS} objects lie at ${location.uri}: pack them into fewer and larger ones, which SageMaker reads faster, too.`,
      );
    }
    etag = object.etag;
    version.add(object);
    list?.add(object);
  }
  const { objects: count, bytes } = version;
  return {
    name: location.name,
    objects: count,
    bytes,
    hash: version.hash(),
    etag: count === 1 ? etag : '',
    added: comparison?.added ?? 0,
  };
}

/** Under its hash: whoever sees the same data writes the same lists, so a repetition can change none that is in use. */
async function written(
  list: ManifestText,
  { hash, objects, bytes }: SurveyedPlace,
  { uri }: SurveyLocation,
  folder: string,
  store: Store,
): Promise<RunManifest> {
  if (objects === 0) throw new DataMissingError(`No object lies at ${uri}: there is nothing to train on.`);
  const home = `${folder}${hash.slice(0, 16)}/`;
  const { own, sagemaker } = list.finish();
  const lists = { uri: `${home}manifest.json`, sagemakerUri: `${home}sagemaker.json` };
  await store.write(placeOf(lists.uri), own);
  await store.write(placeOf(lists.sagemakerUri), sagemaker);
  return { ...lists, hash, objects, bytes };
}
