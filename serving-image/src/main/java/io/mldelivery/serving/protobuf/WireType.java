package io.mldelivery.serving.protobuf;

/** How the value of a field is coded; the groups of old are not read. */
final class WireType {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private WireType() {}
}
