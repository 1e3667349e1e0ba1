package io.stillwatch.cli;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where data goes unless {@code --data-dir} says otherwise: where the system wants a user's lasting program state. */
public final class DefaultDataDirectory {
    private DefaultDataDirectory() {}

    /**
     * The directory for a user of a system.
     *
     * @throws UserException where the user has no home directory
     */
    public static Path of(Map<String, String> environment, Properties system) {
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("windows")) {
            return absolute(environment.get("LOCALAPPDATA"))
                    .orElseGet(() -> home(system).resolve("AppData").resolve("Local"))
                    .resolve("Stillwatch");
        }
        if (os.startsWith("mac")) {
            return home(system)
                    .resolve("Library")
                    .resolve("Application Support")
                    .resolve("Stillwatch");
        }
        return absolute(environment.get("XDG_STATE_HOME"))
                .orElseGet(() -> home(system).resolve(".local").resolve("state"))
                .resolve("stillwatch");
    }

    // The XDG base directory specification tells programs to ignore relative paths.
    private static Optional<Path> absolute(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    private static Path home(Properties system) {
        return absolute(system.getProperty("user.home"))
                .orElseThrow(() -> new UserException(
                        "There is no home directory to keep data in; say where with --data-dir.", ExitStatus.USAGE));
    }
}
