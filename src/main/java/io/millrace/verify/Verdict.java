package io.millrace.verify;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import java.util.Optional;

/** What became of judging a request. */
public sealed interface Verdict {

  /**
   * It is what its sender sent.
   *
   * @param assurance how much of it that covers
   * @param secret the reference of the secret that proved it; empty where none is needed
   * @param signed what was signed; empty where nothing is, or no one text
   */
  record Verified(Assurance assurance, Optional<String> secret, Optional<SignedText> signed)
      implements Verdict {

    public Verified(Assurance assurance, Optional<String> secret) {
      this(assurance, secret, Optional.empty());
    }
  }

  /**
   * It is not, or cannot be shown to be.
   *
   * @param explanation for whoever reads the log; holds no secret and no expected signature
   */
  record Refused(Reason reason, String explanation) implements Verdict {}
}
