package io.millrace.verify;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import java.util.Optional;

/** The result of verifying a request. */
public sealed interface Verdict {

  /**
   * The request is genuine.
   *
   * @param assurance how much the verification proves
   * @param secret the reference of the secret that proved it; empty if none is needed
   * @param signed what was signed; empty if nothing was, or not a single text
   */
  record Verified(Assurance assurance, Optional<String> secret, Optional<SignedText> signed)
      implements Verdict {

    public Verified(Assurance assurance, Optional<String> secret) {
      this(assurance, secret, Optional.empty());
    }
  }

  /**
   * The request is not genuine, or could not be proved to be.
   *
   * @param explanation for the log; never contains a secret or an expected signature
   */
  record Refused(Reason reason, String explanation) implements Verdict {}
}
