package io.millrace.bench.sample;

import java.util.List;
import java.util.Map;

/**
 * A request in its sender's format, before it is signed.
 *
 * @param headers the content type, and headers that identify the event
 * @param body byte for byte; must not be changed
 * @param becomes the types of the canonical events it must become, in the order of the body
 */
// An array, because a copy of every body would cost, and requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SampleRequest(Map<String, String> headers, byte[] body, List<String> becomes) {
  public SampleRequest {
    headers = Map.copyOf(headers);
    becomes = List.copyOf(becomes);
  }
}
