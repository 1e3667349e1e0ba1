package io.stillwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LifeCycle;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;
import org.apache.logging.log4j.core.util.DefaultShutdownCallbackRegistry;
import org.junit.jupiter.api.Test;

class LoggingHookTest {
    /** A process that is told to end while it starts can add no hook, and log4j says so on standard error. */
    @Test
    void loggingAddsNoHookThatAnEarlyInterruptCouldRefuse() {
        Log4jContextFactory factory = (Log4jContextFactory) LogManager.getFactory();

        assertThat(((DefaultShutdownCallbackRegistry) factory.getShutdownCallbackRegistry()).getState())
                .isEqualTo(LifeCycle.State.INITIALIZED);
    }
}
