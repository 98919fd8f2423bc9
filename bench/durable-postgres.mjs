/** Settings of a Postgres that keeps what it has acknowledged: its own defaults, which the tests' Postgres turns off, and a cache of an everyday size. */
export const DURABLE = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  autovacuum: 'on',
  shared_buffers: '256MB',
  max_connections: '200',
};
