package dev.playlistlake.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableCodecTest {
  /** Columns of {@code song} that its record computes from others. */
  private static final Set<String> COMPUTED = Set.of("artist_names", "main_artist_id");

  static List<TableCodec<?>> codecs() {
    return LakeCoders.codecs();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void recordsHaveTheTablesColumns(TableCodec<?> codec) {
    List<String> columns = new ArrayList<>();
    codec.table().schema().getFields().forEach(field -> columns.add(field.name()));
    assertThat(columns.get(columns.size() - 1), is(LakeTable.RUN_ID));
    if (codec.table() != LakeTable.RUN) {
      columns.remove(LakeTable.RUN_ID);
    }
    columns.removeAll(COMPUTED);
    List<String> components =
        Arrays.stream(codec.type().getRecordComponents())
            .map(component -> snakeCase(component.getName()))
            .toList();
    assertThat(components, containsInAnyOrder(columns.toArray()));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void onlyKeysAreRequired(TableCodec<?> codec) {
    LakeTable table = codec.table();
    for (Schema.Field field : table.schema().getFields()) {
      boolean nullEqualsNull = table == LakeTable.REJECTED;
      if (!table.key().contains(field.name())) {
        assertThat(field.name(), field.schema().isNullable(), is(true));
      } else if (!nullEqualsNull) {
        assertThat(field.name(), field.schema().isNullable(), is(false));
      }
      assertThat(field.name() + " is described", field.doc(), not(nullValue()));
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyValueSurvivesItsCoder(TableCodec<?> codec) throws Exception {
    survives(codec);
  }

  private static <T> void survives(TableCodec<T> codec) throws Exception {
    Coder<T> coder = CoderRegistry.createDefault().getCoder(codec.type());
    Random random = new Random(7);
    for (int nulls = 0; nulls <= 2; nulls++) {
      T value = sample(codec.type(), random, nulls);
      byte[] bytes = CoderUtils.encodeToByteArray(coder, value);
      assertThat(CoderUtils.decodeFromByteArray(coder, bytes), equalTo(value));
      CoderProperties.coderDeterministic(coder, value, value);
      GenericRecord row = codec.toRow(value);
      assertThat(codec.fromRow(row), equalTo(value));
    }
    coder.verifyDeterministic();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void readsRowsOfFilesWithFewerColumns(TableCodec<?> codec) {
    Schema narrow = Schema.createRecord(codec.table().tableName(), null, "dev.playlistlake", false);
    List<Schema.Field> kept = new ArrayList<>();
    for (Schema.Field field : codec.table().schema().getFields()) {
      if (!field.schema().isNullable() || field.name().equals("message")) {
        kept.add(new Schema.Field(field, field.schema()));
      }
    }
    narrow.setFields(kept);
    assertThat(
        SchemaCompatibility.checkReaderWriterCompatibility(codec.table().schema(), narrow)
            .getType(),
        is(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE));
  }

  /** A record of a type: full, with every second nullable component null, or with all null. */
  static <T> T sample(Class<T> type, Random random, int nulls) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      boolean mayBeNull = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean makeNull = mayBeNull && (nulls == 2 || (nulls == 1 && i % 2 == 0));
      values[i] = makeNull ? null : value(components[i].getGenericType(), random);
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object value(Type type, Random random) throws Exception {
    if (type instanceof ParameterizedType list) {
      Type element = list.getActualTypeArguments()[0];
      return List.of(value(element, random), value(element, random));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    } else if (plain == String.class) {
      return "text " + random.nextInt() + " \u00e9\u4e2d\ud83c\udfb5";
    } else if (plain == Integer.class || plain == int.class) {
      return random.nextInt();
    } else if (plain == Long.class || plain == long.class) {
      return random.nextLong();
    } else if (plain == Boolean.class) {
      return random.nextBoolean();
    } else if (plain == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), 1000L * random.nextInt(1_000_000));
    } else if (plain == LocalDate.class) {
      return LocalDate.ofEpochDay(random.nextInt(40_000));
    } else if (plain.isRecord()) {
      return sample(plain, random, 0);
    }
    throw new IllegalStateException("no sample for " + plain);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
