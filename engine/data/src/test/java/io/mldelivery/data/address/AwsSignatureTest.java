package io.mldelivery.data.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.data.address.Store.Key;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Amazon's documentation "Signature Calculations for the Authorization Header" (S3). */
class AwsSignatureTest {
    private static final Key KEY =
            new Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "test.txt,bytes=0-9,f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "?lifecycle=,,fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "?max-keys=2&prefix=J,,34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void shouldSignAsAmazonsExamples(String what, String range, String signature) {
        Map<String, String> headers = new AwsSignature(KEY, "us-east-1")
                .headers(
                        URI.create("https://examplebucket.s3.amazonaws.com/" + what),
                        range == null ? Map.of() : Map.of("range", range),
                        Instant.parse("2013-05-24T00:00:00Z"));
        assertThat(headers.get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,")
                .endsWith(",Signature=" + signature);
    }
}
