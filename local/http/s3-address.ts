import { headerOf, type RequestHead } from './message.ts';

/** Hosts under which this machine is reached; what stands before one is a bucket. */
const ownHosts = ['localhost', '127.0.0.1', 's3.localhost', 's3.127.0.0.1'];

/**
 * The request as if its bucket stood in the path. Clients that are given a name
 * instead of a number put it before the host: `bucket.localhost:4566/key`.
 */
export const pathStyle = <Head extends RequestHead>(head: Head): Head => {
  const host = (headerOf(head, 'host') ?? '').replace(/:\d+$/, '').toLowerCase();
  if (ownHosts.includes(host)) return head;
  const own = ownHosts.filter((name) => host.endsWith(`.${name}`)).sort((a, b) => b.length - a.length)[0];
  if (own === undefined) return head;
  const bucket = host.slice(0, -own.length - 1);
  return { ...head, path: `/${bucket}${head.path}` };
};
