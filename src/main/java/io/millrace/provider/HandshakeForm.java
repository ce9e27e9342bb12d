package io.millrace.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** The form in which a value is sent back. */
sealed interface HandshakeForm {
  HandshakeAnswer answer(String value);

  /** As the whole body. */
  record Text() implements HandshakeForm {
    @Override
    public HandshakeAnswer answer(String value) {
      return new HandshakeAnswer(200, "text/plain", value);
    }
  }

  /** As a field of a JSON object. */
  record JsonField(String name) implements HandshakeForm {
    @Override
    public HandshakeAnswer answer(String value) {
      String body = JsonNodeFactory.instance.objectNode().put(name, value).toString();
      return new HandshakeAnswer(200, "application/json", body);
    }
  }

  /** As a response header. RingCentral insists on the type, though nothing is in the body. */
  record Header(String name) implements HandshakeForm {
    @Override
    public HandshakeAnswer answer(String value) {
      return new HandshakeAnswer(200, "application/json", "", Map.of(name, value));
    }
  }

  /**
   * Not at all: the status is the answer.
   *
   * @param status 200 to 299
   */
  record Nothing(int status) implements HandshakeForm {
    static final Nothing USUAL = new Nothing(200);

    @Override
    public HandshakeAnswer answer(String value) {
      return new HandshakeAnswer(status, "text/plain", "");
    }
  }
}
