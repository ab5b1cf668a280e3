package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrinoDdlTest {
  private static final String ATHENA =
      """
      -- A comment's text.
      CREATE EXTERNAL TABLE `stored_thing` (
        `thing_id` string COMMENT 'Key\\u003B it\\'s "one", (two) -- three.',
        `size` int,
        `total` bigint COMMENT 'x',
        `is_new` boolean,
        `day` date,
        `seen_at` timestamp,
        `parts` array<struct<part_id:string,names:array<string>>> COMMENT 'Nested.'
      )
      COMMENT 'Things.'
      PARTITIONED BY (
        `ingest_date` string COMMENT 'The day.'
      )
      STORED AS PARQUET
      LOCATION 's3://bucket/lake/thing/'
      TBLPROPERTIES (
        'classification' = 'parquet',
        'projection.enabled' = 'true',
        'projection.ingest_date.type' = 'date',
        'projection.ingest_date.format' = 'yyyy-MM-dd',
        'projection.ingest_date.range' = '2026-11-20,NOW',
        'projection.ingest_date.interval' = '1',
        'projection.ingest_date.interval.unit' = 'DAYS',
        'storage.location.template' = 's3://bucket/lake/thing/ingest_date=${ingest_date}/'
      )
      """;

  @Test
  void statementWithProjection() {
    assertThat(
        TrinoDdl.parse(ATHENA).projected(),
        is(
            """
            CREATE TABLE "stored_thing" (
              "thing_id" varchar,
              "size" integer,
              "total" bigint,
              "is_new" boolean,
              "day" date,
              "seen_at" timestamp(3),
              "parts" array(row("part_id" varchar, "names" array(varchar))),
              "ingest_date" varchar WITH (
              partition_projection_type = 'DATE',
              partition_projection_format = 'yyyy-MM-dd',
              partition_projection_range = ARRAY['2026-11-20', 'NOW'],
              partition_projection_interval = 1,
              partition_projection_interval_unit = 'DAYS'
            )
            )
            WITH (
              external_location = 's3://bucket/lake/thing/',
              format = 'PARQUET',
              partitioned_by = ARRAY['ingest_date'],
              partition_projection_enabled = true,
              partition_projection_location_template = 's3://bucket/lake/thing/ingest_date=${ingest_date}/'
            )"""));
  }

  @Test
  void statementWithoutProjection() {
    String statement = TrinoDdl.parse(ATHENA).unprojected();
    assertThat(statement, containsString("  \"ingest_date\" varchar\n)"));
    assertThat(statement.contains("projection"), is(false));
  }

  @ParameterizedTest
  @EnumSource
  void columnsOfTheFilesAreTheTables(LakeTable table) throws IOException {
    List<String> expected = new ArrayList<>();
    for (Schema.Field field : table.schema().getFields()) {
      expected.add(field.name());
    }
    expected.add(LakeTable.INGEST_DATE);
    TrinoDdl ddl = TrinoDdl.parse(TrinoLake.ddl(table.tableName(), Path.of("/lake"), "2026-11-20"));
    assertThat(List.copyOf(ddl.columns().keySet()), is(expected));
    assertThat(ddl.location(), is("local:///lake/" + table.tableName() + "/"));
  }

  @ParameterizedTest
  @CsvSource({
    "int,double",
    "EXTERNAL TABLE,TABLE",
    "PARQUET,ORC",
    "'COMMENT ''x'',',''",
    "'`ingest_date` string','`ingest_date` date'",
    "classification,compression",
    "'projection.enabled'' = ''true','projection.enabled'' = ''false'",
    "'ingest_date.type'' = ''date','ingest_date.type'' = ''enum'",
    "interval.unit,interval.units",
    "'-- A comment','; A comment'",
  })
  void whatIsNotUnderstoodIsRefused(String old, String other) {
    assertThat(ATHENA, containsString(old));
    assertThrows(
        IllegalArgumentException.class,
        () -> TrinoDdl.parse(ATHENA.replace(old, String.valueOf(other))).projected());
  }
}
