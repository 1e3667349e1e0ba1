/** Reading YAML that people write: what is wrong is told with the line it stands on. Knows nothing else. */
@NullMarked
package io.stillwatch.yaml;

import org.jspecify.annotations.NullMarked;
