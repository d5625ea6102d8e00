import { Logger } from '@aws-lambda-powertools/logger';

/** One logger for every function; its name and level come from the environment that serverless.yml sets. */
export const logger = new Logger();
