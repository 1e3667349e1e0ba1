package io.stillwatch.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option that is not on the command line gets its value: from the environment, else from the configuration
 * file. {@code --data-dir} is {@code STILLWATCH_DATA_DIR} in the one and {@code stillwatch.data-dir} in the other.
 */
public final class SettingDefaults implements IDefaultValueProvider {
    static final String ENVIRONMENT_PREFIX = "STILLWATCH_";
    static final String FILE_PREFIX = "stillwatch.";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    /** @param file the configuration file's properties, of which only those with our prefix are looked at */
    public SettingDefaults(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = option.longestName();
        return name.startsWith("--") && meansWhatRunMeans(option)
                ? lookUp(name.substring(2)).orElse(null)
                : null;
    }

    /**
     * Settings are those of the pipeline. An option of another command that has the name of one and is declared elsewhere
     * says something else, such as whom to lift a decision from, and a file must not answer that.
     */
    private static boolean meansWhatRunMeans(OptionSpec option) {
        CommandLine root = option.command().root().commandLine();
        CommandLine run = root.getSubcommands().get("run");
        OptionSpec ofRun = run == null ? null : run.getCommandSpec().findOption(option.longestName());
        if (ofRun == null || ofRun.equals(option)) {
            return true;
        }
        Object declares = option.userObject();
        Object declaresOfRun = ofRun.userObject();
        return declares != null && declaresOfRun != null && declares.getClass() == declaresOfRun.getClass();
    }

    private Optional<String> lookUp(String name) {
        // Compose files pass on variables that are not set as empty ones.
        return Optional.ofNullable(environment.get(environmentName(name)))
                .filter(value -> !value.isEmpty())
                .or(() -> Optional.ofNullable(file.get(FILE_PREFIX + name)));
    }

    static String environmentName(String name) {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
