package io.stillwatch.baseline;

/**
 * How many honest accounts may be flagged.
 *
 * @param aboveLow share of honest accounts a week that may have an alert above low, 0 to 1
 * @param low share of honest accounts a week that a signature of low severity may flag, 0 to 1
 * @param contamination largest share of the accounts learned from that may be harvesters nobody has named, 0 to below 0.5
 */
public record ErrorBudget(double aboveLow, double low, double contamination) {
    /** One in a thousand above low, one in a hundred at low; up to one in fifty accounts may be a harvester unseen. */
    public static final ErrorBudget DEFAULT = new ErrorBudget(0.001, 0.01, 0.02);

    public ErrorBudget {
        if (!(aboveLow >= 0 && aboveLow <= 1 && low >= 0 && low <= 1)) {
            throw new IllegalArgumentException("an error budget is a share of accounts, 0 to 1");
        }
        if (!(contamination >= 0 && contamination < 0.5)) {
            throw new IllegalArgumentException("a share of contamination lies from 0 to below one half");
        }
    }
}
