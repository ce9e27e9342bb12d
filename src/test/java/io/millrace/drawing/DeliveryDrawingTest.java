package io.millrace.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.drawing.DeliveryDrawing.Part;
import io.millrace.drawing.DeliveryDrawing.Stop;
import io.millrace.tidy.Checkout;
import io.millrace.tidy.Golden;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The drawing of a delivery's path names only classes and topics that exist. */
class DeliveryDrawingTest {
  @Test
  void showsThePathOfADelivery() {
    Svg svg = new DeliveryDrawing().draw();

    FlowDrawingTest.assertNothingHidden(svg);
    Golden.check(
        "docs/images/delivery.svg",
        svg.document("One delivery from the socket to a row of the warehouse, class by class"));
  }

  @Test
  void namesClassesThatExist() {
    Set<String> classes =
        Checkout.filesIn("src/main/java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    assertThat(DeliveryDrawing.PARTS.stream().flatMap(part -> part.stops().stream()))
        .extracting(Stop::className)
        .isSubsetOf(classes);
  }

  @Test
  void namesTopicsThatExist() {
    String topics = Checkout.read("topology/topics.yaml");

    assertThat(DeliveryDrawing.PARTS)
        .extracting(Part::writes)
        .allMatch(topic -> topics.contains("  " + topic.replace('_', '-') + ":"));
  }
}
