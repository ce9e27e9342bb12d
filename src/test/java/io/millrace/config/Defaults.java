package io.millrace.config;

import io.millrace.config.setting.Setting;
import io.millrace.config.setting.Settings;

/** The defaults as written, for tests of texts that repeat them. */
public final class Defaults {
  private Defaults() {}

  /** The default of a key. */
  public static String of(String key) {
    return Settings.of(Config.class).stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::fallback)
        .findFirst()
        .orElseThrow();
  }
}
