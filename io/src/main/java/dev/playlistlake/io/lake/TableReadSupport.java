package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.UndecodableRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the columns of a table by name, whatever program wrote the file (decision 25): only generic
 * records, by a schema that follows from the table and the types of the file's columns. All other
 * metadata in a file is ignored: the Avro schema that a file may contain can name any class to be
 * instantiated (CVE-2025-30065).
 */
final class TableReadSupport extends AvroReadSupport<GenericRecord> {
  /** Where {@link AvroReadSupport} looks up the read schema. */
  private static final String READ_SCHEMA = "avro.read.schema";

  private final LakeTable table;
  private final AvroSchemaConverter converter;
  private final Map<Integer, ColumnConversion> conversions = new TreeMap<>();

  TableReadSupport(LakeTable table) {
    super(new GenericData());
    this.table = table;
    ParquetConfiguration types = new PlainParquetConfiguration();
    types.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    types.setBoolean(AvroSchemaConverter.ADD_LIST_ELEMENT_RECORDS, false);
    types.setBoolean(AvroReadSupport.READ_INT96_AS_FIXED, true);
    this.converter = new AvroSchemaConverter(types);
  }

  /** Called by the reader before it reads the first row. */
  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    MessageType ours = converter.convert(table.schema());
    List<Type> projection = new ArrayList<>();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field column : table.schema().getFields()) {
      String name = column.name();
      Schema type = column.schema();
      if (file.containsField(name)) {
        Type stored = file.getType(name);
        projection.add(stored);
        if (!stored.equals(ours.getType(name))) {
          conversions.put(column.pos(), new ColumnConversion(stored, type));
          type = asStored(stored);
        }
      }
      fields.add(
          new Schema.Field(
              name, type, null, nullable(type) ? Schema.Field.NULL_DEFAULT_VALUE : null));
    }
    if (projection.isEmpty()) {
      throw new UndecodableRowException("it has no column of the table " + table.tableName());
    }
    Schema readSchema =
        Schema.createRecord(table.schema().getName(), null, "dev.playlistlake", false, fields);
    return new ReadContext(
        new MessageType(file.getName(), projection), Map.of(READ_SCHEMA, readSchema.toString()));
  }

  private static boolean nullable(Schema type) {
    return type.isUnion() && type.getTypes().get(0).getType() == Schema.Type.NULL;
  }

  private Schema asStored(Type stored) {
    try {
      return converter
          .convert(new MessageType("stored", stored))
          .getField(stored.getName())
          .schema();
    } catch (IllegalArgumentException | UnsupportedOperationException | AvroRuntimeException e) {
      throw new UndecodableRowException(
          "column %s: its type '%s' cannot be read"
              .formatted(stored.getName(), String.valueOf(stored).replaceAll("\\s+", " ")));
    }
  }

  /**
   * A row with each value in the table's type.
   *
   * @throws UndecodableRowException if a value does not fit, with the column's name
   */
  GenericRecord convert(GenericRecord row) {
    conversions.forEach(
        (position, conversion) -> row.put(position, conversion.convert(row.get(position))));
    return row;
  }
}
