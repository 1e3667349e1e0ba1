package io.stillwatch.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process holds in memory, as Linux tells it in {@code /proc/PID/status}.
 *
 * @param now resident set, bytes
 * @param most largest resident set since the process began, bytes
 */
public record ResidentMemory(Bytes now, Bytes most) {

    /** Empty where the system has no {@code /proc}, or the process is gone. */
    public static Optional<ResidentMemory> of(long pid) {
        try {
            long now = 0;
            long most = 0;
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    now = kibibytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    most = kibibytes(line);
                }
            }
            return most == 0 ? Optional.empty() : Optional.of(new ResidentMemory(new Bytes(now), new Bytes(most)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
}
