package io.mldelivery.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** One Spark in this process for all tests. */
final class LocalSpark {
    private static SparkSession session;

    private LocalSpark() {}

    static synchronized SparkSession session() {
        if (session == null) {
            System.setProperty("spark.master", "local[2]");
            System.setProperty("spark.ui.enabled", "false");
            System.setProperty("spark.driver.host", "127.0.0.1");
            System.setProperty("spark.driver.bindAddress", "127.0.0.1");
            System.setProperty("spark.sql.shuffle.partitions", "2");
            System.setProperty("spark.default.parallelism", "2");
            session = DriftOnSpark.session();
        }
        return session;
    }

    static SparkEngine engine(Path folder) {
        return new SparkEngine(session(), folder);
    }
}
