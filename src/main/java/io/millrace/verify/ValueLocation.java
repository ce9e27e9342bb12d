package io.millrace.verify;

import java.util.Optional;

/** The location of a value in a request. */
public sealed interface ValueLocation {

  /** Reads the value; empty if it is missing. Refuses the request if the value is ambiguous. */
  Optional<String> read(SignedRequest request);

  /** Reads the value without refusing: empty also if it is ambiguous or unreadable. */
  default Optional<String> find(SignedRequest request) {
    try {
      return read(request);
    } catch (Refusal ambiguous) {
      return Optional.empty();
    }
  }

  /** Describes the location in explanations: "header X-Signature". */
  String describe();

  /** A header. */
  record InHeader(String name) implements ValueLocation {
    @Override
    public Optional<String> read(SignedRequest request) {
      return request.headers().only(name);
    }

    @Override
    public String describe() {
      return "header " + name;
    }
  }

  /** A field of the JSON body; the path is separated by dots. */
  record InJson(String path) implements ValueLocation {
    @Override
    public Optional<String> read(SignedRequest request) {
      return JsonBody.value(request.body(), path);
    }

    @Override
    public String describe() {
      return "body field " + path;
    }
  }

  /** A field of a form body. */
  record InForm(String name) implements ValueLocation {
    @Override
    public Optional<String> read(SignedRequest request) {
      return request.form().flatMap(form -> form.only(name));
    }

    @Override
    public String describe() {
      return "form field " + name;
    }
  }

  /** A parameter of the URL. */
  record InQuery(String name) implements ValueLocation {
    @Override
    public Optional<String> read(SignedRequest request) {
      return FormFields.parse(request.query()).only(name);
    }

    @Override
    public String describe() {
      return "query parameter " + name;
    }
  }

  /** The last segment of the URL's path: {@code /in/source/TOKEN}. */
  record InPath() implements ValueLocation {
    @Override
    public Optional<String> read(SignedRequest request) {
      return request.lastPathSegment();
    }

    @Override
    public String describe() {
      return "last path segment";
    }
  }
}
