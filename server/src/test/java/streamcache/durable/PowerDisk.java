package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The real disk, which also tracks what a power cut would leave. Each sector keeps its synced bytes
 * or, perhaps, those written since. Names keep the state that their folder's sync made durable and
 * perhaps some later changes, in no order. Harsher than most disks: syncing a file makes no name
 * durable, and a punched hole is durable at once.
 */
public final class PowerDisk implements Disk {
  private static final int SECTOR = 512;

  private final Disk real = Disk.system();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<FileChannel, Node> opened = new HashMap<>();
  private final Map<Path, Node> live = new HashMap<>();
  private final Map<Path, Node> durable = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** A file or a folder. */
  private static final class Node {
    private final boolean isFolder;
    private byte[] synced = new byte[0];
    private byte[] last = new byte[0];

    Node(boolean isFolder) {
      this.isFolder = isFolder;
    }
  }

  /** Names that change together or not at all; a null node means deleted. */
  private record Change(Map<Path, @Nullable Node> names) {
    Set<Path> folders() {
      Set<Path> folders = new HashSet<>();
      names.keySet().forEach(path -> folders.add(path.getParent()));
      return folders;
    }
  }

  /**
   * Writes to {@code target} what the disk might hold in {@code folder} after a power cut now,
   * chosen at random.
   *
   * @param given names of folders that were there from the beginning
   */
  public void cut(Path folder, Path target, Random random, String... given) throws IOException {
    lock.lock();
    try {
      Map<Path, Node> names = new TreeMap<>(durable);
      for (Change change : changes) {
        if (random.nextBoolean()) {
          apply(change, names);
        }
      }
      Files.createDirectories(target);
      for (String name : given) {
        Files.createDirectories(target.resolve(name));
      }
      names.keySet().removeIf(name -> !name.startsWith(folder));
      for (Map.Entry<Path, Node> name : names.entrySet()) {
        Path to = target.resolve(folder.relativize(name.getKey()).toString());
        materialise(name.getValue(), to, random);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    lock.lock();
    try {
      boolean isNew = Files.notExists(file);
      FileChannel channel = real.open(file, options);
      if (isNew) {
        Node node = new Node(/* isFolder= */ false);
        live.put(file, node);
        changes.add(change(file, node));
      }
      Node node = live.get(file);
      if (node != null) {
        opened.put(channel, node);
      }
      return channel;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(FileChannel file, ByteBuffer data, long position) throws IOException {
    real.write(file, data, position);
  }

  @Override
  public void truncate(FileChannel file, long size) throws IOException {
    real.truncate(file, size);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    lock.lock();
    try {
      Node node = opened.get(file);
      if (node != null) {
        node.synced = content(node);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void syncFolder(Path folder) {
    lock.lock();
    try {
      Path normal = folder.normalize();
      List<Change> due =
          changes.stream().filter(change -> change.folders().contains(normal)).toList();
      due.forEach(change -> apply(change, durable));
      changes.removeAll(due);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean syncFileSystem(Path file) throws IOException {
    lock.lock();
    try {
      for (Node node : live.values()) {
        node.synced = content(node);
      }
      changes.forEach(change -> apply(change, durable));
      changes.clear();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    lock.lock();
    try {
      real.makeFolder(folder);
      changes.add(change(folder, new Node(/* isFolder= */ true)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    lock.lock();
    try {
      forget(to);
      Node node = live.remove(from);
      real.move(from, to);
      if (node != null) {
        live.put(to, node);
        Map<Path, @Nullable Node> names = new HashMap<>();
        names.put(from, null);
        names.put(to, node);
        changes.add(new Change(names));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    lock.lock();
    try {
      real.link(file, name);
      Node node = new Node(/* isFolder= */ false);
      live.put(name, node);
      node.synced = content(node); // Durable before, under its other name.
      changes.add(change(name, node));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    lock.lock();
    try {
      forget(file);
      real.delete(file);
      changes.add(change(file, null));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean punch(Path file, long offset, long length) throws IOException {
    lock.lock();
    try {
      boolean punched = real.punch(file, offset, length);
      Node node = live.get(file);
      if (punched && node != null && offset < node.synced.length) {
        int end = (int) Math.min(node.synced.length, offset + length);
        Arrays.fill(node.synced, (int) offset, end, (byte) 0);
      }
      return punched;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public FileSystemAbilities probe(Path folder) throws IOException {
    return real.probe(folder);
  }

  /** Called before a name is removed; later writes through an open channel are not kept. */
  private void forget(Path file) throws IOException {
    Node node = live.get(file);
    if (node != null) {
      node.last = content(node);
      live.remove(file);
    }
  }

  private byte[] content(Node node) throws IOException {
    for (Map.Entry<Path, Node> name : live.entrySet()) {
      if (name.getValue().equals(node)) {
        return Files.readAllBytes(name.getKey());
      }
    }
    return node.last;
  }

  private static Change change(Path path, @Nullable Node node) {
    Map<Path, @Nullable Node> names = new HashMap<>();
    names.put(path, node);
    return new Change(names);
  }

  private static void apply(Change change, Map<Path, Node> names) {
    change
        .names()
        .forEach((path, node) -> {
          if (node == null) {
            names.remove(path);
          } else {
            names.put(path, node);
          }
        });
  }

  /** The contents of a lost folder are lost too. */
  private void materialise(Node node, Path to, Random random) throws IOException {
    if (!Files.isDirectory(to.getParent())) {
      return;
    }
    if (node.isFolder) {
      Files.createDirectory(to);
    } else {
      Files.write(to, mixed(node.synced, content(node), random));
      Files.setLastModifiedTime(to, FileTime.fromMillis(0)); // Certainly before the next start.
    }
  }

  private static byte[] mixed(byte[] synced, byte[] now, Random random) {
    int[] sizes = {synced.length, now.length, Math.max(synced.length, now.length)};
    byte[] mixed = new byte[sizes[random.nextInt(sizes.length)]];
    for (int at = 0; at < mixed.length; at += SECTOR) {
      byte[] source = random.nextBoolean() ? synced : now;
      byte[] other = at < source.length ? source : synced;
      int end = Math.min(Math.min(mixed.length, at + SECTOR), other.length);
      if (end > at) {
        System.arraycopy(other, at, mixed, at, end - at);
      }
    }
    return mixed;
  }
}
