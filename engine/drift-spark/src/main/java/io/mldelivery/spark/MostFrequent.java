package io.mldelivery.spark;

import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.spark.LevelScan.Counted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** The most frequent categories of one column, and totals of all. */
final class MostFrequent implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Comparator<Counted> ORDER = Comparator.comparingLong(Counted::both)
            .reversed()
            .thenComparing(counted -> counted.level().name());

    private final int most;
    private List<Counted> kept = new ArrayList<>();
    private long levels;
    private long reference;
    private long current;

    private MostFrequent(int most) {
        this.most = most;
    }

    /** Adds up each category's counts where Spark brings them together, and collects the most frequent. */
    static List<MostFrequent> of(JavaRDD<Counted> counted, int columns, int most) {
        JavaPairRDD<LevelScan.Level, Counted> sums =
                counted.mapToPair(part -> new Tuple2<>(part.level(), part)).reduceByKey(Counted::and);
        List<MostFrequent[]> parts = sums.values()
                .mapPartitions(rows -> {
                    Selection selection = new Selection(columns, most);
                    rows.forEachRemaining(selection::add);
                    return List.<MostFrequent[]>of(selection.found()).iterator();
                })
                .collect();
        return IntStream.range(0, columns)
                .mapToObj(i -> merged(parts.stream().map(part -> part[i]).toList(), most))
                .toList();
    }

    private static MostFrequent merged(List<MostFrequent> parts, int most) {
        MostFrequent all = new MostFrequent(most);
        parts.forEach(part -> {
            all.levels += part.levels;
            all.reference += part.reference;
            all.current += part.current;
            all.kept.addAll(part.kept);
        });
        all.kept = all.kept.stream().sorted(ORDER).limit(most).toList();
        return all;
    }

    /** The most frequent categories of each column among the sums of one part. */
    private static final class Selection {
        private final MostFrequent[] found;
        private final List<PriorityQueue<Counted>> queues = new ArrayList<>();

        Selection(int columns, int most) {
            found = IntStream.range(0, columns)
                    .mapToObj(i -> new MostFrequent(most))
                    .toArray(MostFrequent[]::new);
            for (int i = 0; i < columns; i++) {
                queues.add(new PriorityQueue<>(ORDER.reversed()));
            }
        }

        void add(Counted counted) {
            MostFrequent own = found[counted.level().column()];
            own.levels++;
            own.reference += counted.reference();
            own.current += counted.current();
            PriorityQueue<Counted> queue = queues.get(counted.level().column());
            queue.add(counted);
            if (queue.size() > own.most) {
                queue.remove();
            }
        }

        MostFrequent[] found() {
            for (int i = 0; i < found.length; i++) {
                found[i].kept = new ArrayList<>(queues.get(i));
            }
            return found;
        }
    }

    /** Of a table that was counted as the current one. */
    Levels levels() {
        Map<String, Long> counts = new LinkedHashMap<>();
        kept.forEach(counted -> counts.put(counted.level().name(), counted.current()));
        return new Levels(counts, levels, current);
    }

    /** In order of names; those that are not kept are one more category. */
    CategoryPair pair() {
        List<Counted> named = new ArrayList<>(kept);
        if (levels > most) {
            long before =
                    reference - kept.stream().mapToLong(Counted::reference).sum();
            long now = current - kept.stream().mapToLong(Counted::current).sum();
            named.add(new Counted(new LevelScan.Level(0, levels - kept.size() + " rare categories"), before, now));
        }
        named.sort(Comparator.comparing(counted -> counted.level().name()));
        return new CategoryPair(
                named.stream().map(counted -> counted.level().name()).toList(),
                named.stream().mapToLong(Counted::reference).toArray(),
                named.stream().mapToLong(Counted::current).toArray());
    }
}
