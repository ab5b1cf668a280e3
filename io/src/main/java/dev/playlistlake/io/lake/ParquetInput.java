package dev.playlistlake.io.lake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** Input for Parquet: files of any of Beam's file systems, and bytes. */
final class ParquetInput {
  private ParquetInput() {}

  static InputFile of(String path) {
    return new BeamFile(path);
  }

  /** A file that was already read; errors name its path. */
  static InputFile of(String path, byte[] bytes) {
    return new Bytes(path, bytes);
  }

  /** Storage failed to return a file's bytes, whatever they contain. */
  static final class StorageFailure extends IOException {
    private static final long serialVersionUID = 1;

    StorageFailure(Exception cause) {
      super(cause);
    }
  }

  private record BeamFile(String path) implements InputFile {
    @Override
    public long getLength() throws IOException {
      try (SeekableByteChannel channel = LakeFiles.open(path)) {
        return channel.size();
      } catch (IOException e) {
        throw new StorageFailure(e);
      }
    }

    @Override
    public SeekableInputStream newStream() {
      return new ChannelInputStream(new StorageChannel(LakeFiles.open(path)));
    }

    @Override
    public String toString() {
      return path;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bytes(String path, byte[] bytes) implements InputFile {
    @Override
    public long getLength() {
      return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      return new BytesInputStream(new Position(bytes));
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private static final class Position extends ByteArrayInputStream {
    Position(byte[] bytes) {
      super(bytes);
    }

    int position() {
      return pos;
    }

    void seek(long position) {
      pos = (int) Math.max(0, Math.min(position, count));
    }
  }

  private static final class BytesInputStream extends DelegatingSeekableInputStream {
    private final Position bytes;

    BytesInputStream(Position bytes) {
      super(bytes);
      this.bytes = bytes;
    }

    @Override
    public long getPos() {
      return bytes.position();
    }

    @Override
    public void seek(long position) {
      bytes.seek(position);
    }
  }

  private static final class ChannelInputStream extends DelegatingSeekableInputStream {
    private final SeekableByteChannel channel;

    ChannelInputStream(SeekableByteChannel channel) {
      super(Channels.newInputStream(channel));
      this.channel = channel;
    }

    @Override
    public long getPos() throws IOException {
      return channel.position();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }
  }

  /** Marks exceptions of storage, including the SDK's own. */
  private record StorageChannel(SeekableByteChannel channel) implements SeekableByteChannel {
    private interface Access<T> {
      T apply() throws IOException;
    }

    private static <T> T access(Access<T> access) throws StorageFailure {
      try {
        return access.apply();
      } catch (IOException | SdkException e) {
        throw new StorageFailure(e);
      }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return access(() -> channel.read(bytes));
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
      return access(channel::position);
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      access(() -> channel.position(position));
      return this;
    }

    @Override
    public long size() throws IOException {
      return access(channel::size);
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
