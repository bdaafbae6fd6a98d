export { startPrivateCluster, type PrivateCluster } from "./private-cluster.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
