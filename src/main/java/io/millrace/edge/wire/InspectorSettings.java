package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import java.time.Duration;

/** How many requests the {@code Inspector} keeps; if any value is zero, it keeps nothing. */
public record InspectorSettings(
    @Key("edge.inspector.deliveries")
        @Default("50")
        @Range(from = "0", to = "10000")
        @Says(
            "Number of recent requests kept per source for inspection, genuine and refused ones"
                + " each; 0 keeps none.")
        int deliveries,
    @Key("edge.inspector.bytes")
        @Default("16 MB")
        @Size(from = "0 B", to = "1024 MB")
        @Says("Memory for all kept requests; 0 keeps none.")
        int bytes,
    @Key("edge.inspector.age")
        @Default("PT24H")
        @Range(from = "PT0S", to = "P30D")
        @Says("How long each request is kept; PT0S keeps none.")
        Duration age) {

  public boolean isOff() {
    return deliveries == 0 || bytes == 0 || age.isZero();
  }
}
