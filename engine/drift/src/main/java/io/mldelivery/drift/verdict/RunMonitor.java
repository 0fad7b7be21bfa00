package io.mldelivery.drift.verdict;

/**
 * Watches a row of checks, so that a small change that no single check finds is found when it stays. A Shiryaev-Roberts
 * e-detector (Shin, Ramdas and Rinaldo 2022): each check's p-value p becomes the bet 1 / (2 · √p), whose mean is at most
 * 1 while nothing changes; the statistic is (statistic before + 1) · bet. It alarms at {@code limit}, and then starts anew.
 *
 * <p>While the data do not change, at least {@code limit} checks go by on average before an alarm. That needs p-values
 * that are valid given the checks before, which one fixed reference gives only as far as it is large.
 *
 * @param statistic 0 before the first check
 * @param limit the guaranteed mean number of checks between false alarms
 * @param checks how many checks it looked at since the last alarm
 * @param pValue of the last check: the smallest of its columns, corrected for their number
 */
public record RunMonitor(double statistic, double limit, long checks, double pValue) {
    private static final double LEAST = 1e-12;

    /** Before the first check. */
    public static RunMonitor start(double limit) {
        return new RunMonitor(0, limit, 0, 1);
    }

    /** After one more check. */
    public RunMonitor observe(double p) {
        double before = isAlarm() ? 0 : statistic;
        return new RunMonitor((before + 1) / (2 * Math.sqrt(Math.max(p, LEAST))), limit, isAlarm() ? 1 : checks + 1, p);
    }

    public boolean isAlarm() {
        return statistic >= limit;
    }
}
