package io.stillwatch.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the garbage collector's log says about the heap.
 *
 * @param mostUsed the most that was in use when a collection began, bytes
 * @param mostLive the most that was left after a full collection, bytes; 0 when there was none
 * @param fullCollections count
 */
public record HeapLog(Bytes mostUsed, Bytes mostLive, int fullCollections) {
    private static final Pattern PAUSE = Pattern.compile("(\\d+)M->(\\d+)M\\(");

    static HeapLog read(Path file) throws IOException {
        long used = 0;
        long live = 0;
        int full = 0;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher pause = PAUSE.matcher(line);
                if (line.contains("Pause") && pause.find()) {
                    used = Math.max(used, Long.parseLong(pause.group(1)));
                    if (line.contains("Pause Full")) {
                        live = Math.max(live, Long.parseLong(pause.group(2)));
                        full++;
                    }
                }
            }
        }
        return new HeapLog(new Bytes(used << 20), new Bytes(live << 20), full);
    }
}
