package io.millrace.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How signatures, and possibly the time, are written in one value. */
public sealed interface SignatureFormat {

  /** Splits a value into its parts; {@code timestampKey} is the key or position of the time. */
  SignatureParts parse(String value, Optional<String> timestampKey);

  /** One signature, possibly after a prefix such as {@code sha256=}. */
  record Plain(String prefix, boolean prefixOptional) implements SignatureFormat {
    @Override
    public SignatureParts parse(String value, Optional<String> timestampKey) {
      if (value.startsWith(prefix)) {
        return SignatureParts.of(List.of(value.substring(prefix.length())));
      }
      return prefixOptional ? SignatureParts.of(List.of(value)) : SignatureParts.unreadable();
    }
  }

  /** Pairs such as {@code t=1,v1=abc,v1=def}; a repeated signature key is a second signature. */
  record KeyValue(String separator, String key) implements SignatureFormat {
    @Override
    public SignatureParts parse(String value, Optional<String> timestampKey) {
      List<String> signatures = new ArrayList<>();
      List<String> timestamps = new ArrayList<>();
      boolean readable = false;
      for (String part : value.split(Pattern.quote(separator), -1)) {
        String[] pair = part.strip().split("=", 2);
        if (pair.length == 2) {
          readable = true;
          if (pair[0].equals(key)) {
            signatures.add(pair[1]);
          } else if (timestampKey.filter(pair[0]::equals).isPresent()) {
            timestamps.add(pair[1]);
          }
        }
      }
      return new SignatureParts(readable, signatures, timestamps);
    }
  }

  /** Versioned signatures such as {@code v1,abc v1,def v1a,ghi}, of which one version is used. */
  record Tokens(String version) implements SignatureFormat {
    @Override
    public SignatureParts parse(String value, Optional<String> timestampKey) {
      List<String> signatures = new ArrayList<>();
      boolean readable = false;
      for (String token : value.split(" ", -1)) {
        String[] pair = token.split(",", 2);
        readable |= pair.length == 2;
        if (pair.length == 2 && pair[0].equals(version)) {
          signatures.add(pair[1]);
        }
      }
      return new SignatureParts(readable, signatures, List.of());
    }
  }

  /** Values by position, such as {@code 1700000000000,abc,def}: the time first, then signatures. */
  record Positional(String separator) implements SignatureFormat {
    @Override
    public SignatureParts parse(String value, Optional<String> timestampKey) {
      List<String> parts = Arrays.asList(value.split(Pattern.quote(separator), -1));
      int first = timestampKey.isPresent() ? 1 : 0;
      if (parts.size() <= first) {
        return SignatureParts.unreadable();
      }
      return new SignatureParts(true, parts.subList(first, parts.size()), parts.subList(0, first));
    }
  }
}
