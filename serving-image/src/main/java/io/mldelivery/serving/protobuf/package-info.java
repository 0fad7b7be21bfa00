/** Protobuf messages field by field, for the few that the server speaks; no generated code and no library. */
package io.mldelivery.serving.protobuf;
