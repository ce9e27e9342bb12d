package io.millrace.kafka.format;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The size of generated records in Avro's binary encoding. Nearly all records are far below every
 * limit, and that is known without encoding them: from the lengths of their texts, each character
 * of which has at most three bytes. Only a large record is encoded to learn its size.
 *
 * <p>Thread-safe.
 */
public final class EncodedSize<V extends SpecificRecord> {
  /** The longest header before a value: the one of values in stores. Those in topics have five. */
  static final int HEADER_BYTES = 10;

  private static final int LONGEST_INT = 5;
  private static final int LONGEST_LONG = 10;

  /** Around the elements of an array or a map. */
  private static final int COUNT_AND_END = LONGEST_INT + 1;

  /** UTF-8 needs three bytes for one char, and four for a pair of them. */
  private static final long BYTES_OF_CHARACTER = 3;

  private static final ClassValue<EncodedSize<?>> ALL =
      new ClassValue<>() {
        @Override
        protected EncodedSize<?> computeValue(Class<?> type) {
          return new EncodedSize<>(type.asSubclass(SpecificRecord.class));
        }
      };

  private final CompiledWriter<V> writer;
  private final Bound bound;

  private EncodedSize(Class<V> type) {
    this.writer = new CompiledWriter<>(type);
    this.bound = new Compiler().bound(SpecificData.getForClass(type).getSchema(type));
  }

  /** The size of a value with its header, in bytes. */
  public static <V extends SpecificRecord> long of(V value) {
    return (long) HEADER_BYTES + BinaryBuffers.size(sizes(value).writer, value);
  }

  /** Whether a value with its header has at most so many bytes. */
  public static <V extends SpecificRecord> boolean isAtMost(long bytes, V value) {
    return atMost(value) <= bytes || of(value) <= bytes;
  }

  /** A size that the value with its header certainly does not exceed, in bytes. */
  static <V extends SpecificRecord> long atMost(V value) {
    return HEADER_BYTES + sizes(value).bound.of(value);
  }

  @SuppressWarnings("unchecked") // The sizes of a class are those of its values.
  private static <V extends SpecificRecord> EncodedSize<V> sizes(V value) {
    return (EncodedSize<V>) ALL.get(value.getClass());
  }

  /** The largest possible size of values of one schema. */
  private interface Bound {
    long of(@Nullable Object value);
  }

  /** The size of values that does not depend on the value. */
  private record Fixed(long bytes) implements Bound {
    @Override
    public long of(@Nullable Object value) {
      return bytes;
    }
  }

  /** Builds the bounds of a schema, which may contain itself. */
  private static final class Compiler {
    private final Map<String, RecordBound> records = new HashMap<>();

    private Bound bound(Schema schema) {
      return switch (schema.getType()) {
        case NULL -> new Fixed(0);
        case BOOLEAN -> new Fixed(1);
        case INT, ENUM -> new Fixed(LONGEST_INT);
        case FLOAT -> new Fixed(Float.BYTES);
        case DOUBLE -> new Fixed(Double.BYTES);
        case LONG -> new Fixed(LONGEST_LONG);
        case FIXED -> new Fixed(schema.getFixedSize());
        case STRING -> EncodedSize::text;
        case BYTES -> value -> LONGEST_INT + ((ByteBuffer) need(value)).remaining();
        case ARRAY -> array(bound(schema.getElementType()));
        case MAP ->
            isText(schema.getValueType()) ? EncodedSize::texts : map(bound(schema.getValueType()));
        case UNION -> union(schema.getTypes());
        case RECORD -> record(schema);
      };
    }

    private Bound union(List<Schema> branches) {
      List<Bound> others =
          branches.stream()
              .filter(branch -> branch.getType() != Schema.Type.NULL)
              .map(this::bound)
              .toList();
      if (others.size() != 1) {
        throw new UnsupportedOperationException("A union of " + branches);
      }
      Bound other = others.getFirst();
      return value -> value == null ? 1 : 1 + other.of(value);
    }

    private static boolean isText(Schema schema) {
      return schema.isUnion()
          ? schema.getTypes().stream().allMatch(Compiler::isText)
          : Set.of(Schema.Type.STRING, Schema.Type.NULL).contains(schema.getType());
    }

    private Bound record(Schema schema) {
      RecordBound known = records.get(schema.getFullName());
      if (known != null) {
        return known;
      }
      RecordBound record = new RecordBound(schema.getFields().size());
      records.put(schema.getFullName(), record);
      for (Schema.Field field : schema.getFields()) {
        record.add(field.pos(), bound(field.schema()));
      }
      return record;
    }
  }

  private static Bound array(Bound elements) {
    return value -> {
      Collection<?> all = (Collection<?>) need(value);
      long bytes = COUNT_AND_END;
      if (!all.isEmpty()) {
        for (Object element : all) {
          bytes += elements.of(element);
        }
      }
      return bytes;
    };
  }

  private static Bound map(Bound values) {
    return value -> {
      Map<?, ?> map = (Map<?, ?>) need(value);
      long bytes = COUNT_AND_END;
      if (!map.isEmpty()) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          bytes += text(entry.getKey()) + values.of(entry.getValue());
        }
      }
      return bytes;
    };
  }

  /** A map of texts or nulls, as the data of events and records are. */
  private static long texts(@Nullable Object value) {
    Map<?, ?> map = (Map<?, ?>) need(value);
    if (map.isEmpty()) {
      return 1;
    }
    long bytes = COUNT_AND_END;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object text = entry.getValue();
      bytes += text(entry.getKey()) + 1 + (text == null ? 0 : text(text));
    }
    return bytes;
  }

  private static long text(@Nullable Object text) {
    int length =
        text instanceof String usual ? usual.length() : ((CharSequence) need(text)).length();
    return LONGEST_INT + BYTES_OF_CHARACTER * length;
  }

  private static Object need(@Nullable Object value) {
    return Objects.requireNonNull(value, "a value that must not be null according to the schema");
  }

  /** A record's fields: those of fixed size as a sum. */
  private static final class RecordBound implements Bound {
    private final int[] places;
    private final Bound[] bounds;
    private int count;
    private long fixed;

    RecordBound(int fields) {
      places = new int[fields];
      bounds = new Bound[fields];
    }

    void add(int place, Bound bound) {
      if (bound instanceof Fixed always) {
        fixed += always.bytes();
      } else {
        places[count] = place;
        bounds[count] = bound;
        count++;
      }
    }

    @Override
    public long of(@Nullable Object value) {
      IndexedRecord record = (IndexedRecord) need(value);
      long bytes = fixed;
      for (int i = 0; i < count; i++) {
        bytes += bounds[i].of(record.get(places[i]));
      }
      return bytes;
    }
  }
}
