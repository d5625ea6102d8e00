import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'S3',
  behaviours: [
    {
      behaviour: 'Versions, ETags, sequencers, ranges, events on every create and delete',
      source: 'guide; model',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Path and virtual-host style, links signed ahead, aws-chunked bodies with trailers, ranges, conditions, multipart uploads, versions, keys with percent signs (encoding-type)',
      source: 'guide: S3 API reference',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Checks CRC32, CRC32C, CRC64NVME, MD5, SHA-1, SHA-256 and SHA-512 and gives them back with one-piece objects; xxHash is kept unchecked',
      source: 'guide: Checking object integrity',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Checksums of multipart objects are not joined; objects that jobs and copies write get none of their own',
      source: 'guide: Checking object integrity',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Tags of objects, access control lists, suspended versioning, lifecycle, notifications to anything but EventBridge',
      source: 'guide: S3 API reference',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Lifecycle rules, replication, access points, object lock, encryption: accepted as properties of a bucket without effect',
      source: 'guide: S3',
      standing: 'not modelled',
    },
    {
      behaviour:
        'PutObject without a checksum answers with a CRC-64/NVME and `FULL_OBJECT`; from a state machine the SDK adds a CRC-32',
      source: 'guide: Checking object integrity; recorded in November 2025',
      standing: 'as AWS',
    },
  ],
};
