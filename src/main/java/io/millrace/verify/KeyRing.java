package io.millrace.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Turns secrets into keys, each only once. Thread-safe. */
final class KeyRing {
  private final Map<Secret, Optional<KeyMaterial>> keys = new ConcurrentHashMap<>();
  private final Maker maker;

  KeyRing(Maker maker) {
    this.maker = maker;
  }

  /** Turns a secret into a key of one scheme. */
  interface Maker {
    KeyMaterial key(Secret secret) throws InvalidSecretException;
  }

  void check(Secret secret) throws InvalidSecretException {
    maker.key(secret);
  }

  /** Returns the keys that are active now; unusable secrets were refused when they were loaded. */
  ActiveKeys active(List<Secret> secrets, Instant now, Consumer<String> steps) {
    List<ActiveKeys.ActiveKey> usable = new ArrayList<>();
    for (Secret secret : secrets) {
      Optional<KeyMaterial> key = keys.computeIfAbsent(secret, this::key);
      if (key.isEmpty()) {
        steps.accept(
            "secret " + secret.reference() + ": cannot be a key for this provider, ignored");
      } else if (!secret.isActive(now)) {
        steps.accept("secret " + secret.reference() + ": not active at this time, ignored");
      } else {
        usable.add(new ActiveKeys.ActiveKey(secret.reference(), key.get()));
      }
    }
    return new ActiveKeys(usable);
  }

  private Optional<KeyMaterial> key(Secret secret) {
    try {
      return Optional.of(maker.key(secret));
    } catch (InvalidSecretException unusable) {
      return Optional.empty();
    }
  }
}
