package jenkins.model;

import hudson.model.Result;

/** A build in a history. */
public interface HistoricalBuild {
    Result getResult();

    int getNumber();
}
