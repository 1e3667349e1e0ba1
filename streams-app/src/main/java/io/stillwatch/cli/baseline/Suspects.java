package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.HistoryFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Accounts that what is normal is not learned from: those that ask what known kits ask, and the ones that most signatures
 * hold for, up to the stated share of contamination.
 */
final class Suspects {
    private static final int SHOWN = 20;

    /** Share of the prompts that kits explain from which an account works off a kit. */
    private static final double KIT = 0.7;

    private final Map<String, String> why = new TreeMap<>();
    private final int accounts;

    Suspects(HistoryFiles source, Dictionary dictionary, double contamination, Set<String> honest) {
        History history = source.history();
        accounts = history.accounts().size();
        ofKits(history, dictionary, honest).forEach(account -> why.put(account, "asks what known kits ask"));
        List<Map.Entry<String, Set<String>>> flagged =
                new ArrayList<>(source.suspects().entrySet());
        flagged.removeIf(suspect -> honest.contains(suspect.getKey()) || why.containsKey(suspect.getKey()));
        flagged.sort(Comparator.comparingInt((Map.Entry<String, Set<String>> suspect) ->
                        suspect.getValue().size())
                .reversed()
                .thenComparing(Map.Entry::getKey));
        flagged.stream()
                .limit((long) Math.floor(contamination * accounts))
                .forEach(suspect -> why.put(suspect.getKey(), String.join(", ", suspect.getValue())));
    }

    /** Accounts that ask what known kits ask. */
    static Set<String> ofKits(History history, Dictionary dictionary, Set<String> honest) {
        Baseline baseline = BaselineFile.bundled();
        Reference reference = new Reference(baseline, dictionary);
        Set<String> accounts = new TreeSet<>();
        for (String account : history.accounts()) {
            if (!honest.contains(account) && reference.kitsShare(history.whole(account)) >= KIT) {
                accounts.add(account);
            }
        }
        return accounts;
    }

    Set<String> accounts() {
        return why.keySet();
    }

    void tell(TerminalOutput output) {
        if (why.isEmpty()) {
            return;
        }
        output.notice(String.format(
                Locale.ROOT,
                "%,d of %,d accounts look like harvesters, so what is normal is not learned from them. Look at them;"
                        + " --keep-suspects learns from them as well.",
                why.size(),
                accounts));
        why.entrySet().stream()
                .limit(SHOWN)
                .forEach(suspect -> output.notice("  " + suspect.getKey() + ": " + suspect.getValue()));
        if (why.size() > SHOWN) {
            output.notice("  … and " + (why.size() - SHOWN) + " more");
        }
    }
}
