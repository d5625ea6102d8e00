import { validateInput } from '../../models/validate.ts';
import { checkBucketName } from '../../services/s3/create-bucket.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedBucketName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const bucket: ResourceType = {
  properties:
    'AbacStatus AccelerateConfiguration AccessControl AnalyticsConfigurations BucketEncryption BucketName BucketNamePrefix BucketNamespace CorsConfiguration IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration LoggingConfiguration MetadataConfiguration MetadataTableConfiguration MetricsConfigurations NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls PublicAccessBlockConfiguration ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.BucketName ?? generatedBucketName(stack, logicalId);
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${stack.region}.amazonaws.com`,
      },
    };
  },

  build(world, { ref, properties, path }) {
    const { EventBridgeConfiguration, ...others } = properties.NotificationConfiguration ?? {};
    for (const kind of Object.keys(others)) {
      throw new TemplateError(
        `${path}.Properties.NotificationConfiguration`,
        `${kind} is not modelled; use EventBridgeConfiguration.`,
      );
    }
    checkBucketName(ref);
    validateInput('s3', 'PutBucketVersioning', {
      Bucket: ref,
      VersioningConfiguration: properties.VersioningConfiguration ?? {},
    });
    world.s3.createBucket(ref, {
      // CloudFormation's switch is on by being there, unless it says otherwise.
      eventBridge:
        EventBridgeConfiguration !== undefined &&
        String(EventBridgeConfiguration.EventBridgeEnabled ?? true) === 'true',
      versioned: properties.VersioningConfiguration?.Status === 'Enabled',
    });
  },
};

const bucketPolicy: ResourceType = {
  properties: 'Bucket PolicyDocument',
  identify: ({ properties }) => ({ ref: properties.Bucket }),
  build(world, { properties }) {
    world.iam.setResourcePolicy(`arn:aws:s3:::${properties.Bucket}`, properties.PolicyDocument);
  },
};

export const s3Types = { 'AWS::S3::Bucket': bucket, 'AWS::S3::BucketPolicy': bucketPolicy };
