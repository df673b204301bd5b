package io.seawall.interceptors;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which methods a class file calls (Java Virtual Machine Specification, sections 4 and 6.5). Only as much is read as this
 * takes; the code of bridges, which call what they stand for, is not.
 */
final class ClassFile {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int ACC_BRIDGE = 0x0040;

    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int WIDE = 0xc4;
    private static final int IINC = 0x84;

    /** The bytes of each instruction, by its opcode; 0 for those that say themselves how long they are, or are none. */
    private static final byte[] LENGTHS = lengths();

    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> classes = new HashMap<>();
    private final Map<Integer, Integer> pairs = new HashMap<>();
    private final Map<Integer, Integer> methods = new HashMap<>();

    /** Of the entries of {@link #methods}, those that are called. */
    private final Set<Integer> called = new HashSet<>();

    private ClassFile() {}

    /**
     * Reads a class file.
     *
     * @throws IOException if it is none, or of a kind that is not known
     */
    static ClassFile read(DataInputStream in) throws IOException {
        ClassFile file = new ClassFile();
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file");
        }
        in.readInt(); // the versions
        file.readConstants(in);
        in.skipNBytes(6); // access, this class, the class above
        in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
        file.readMembers(in); // fields
        file.readMembers(in); // methods
        return file;
    }

    /** The methods of a class that are called or referred to, each as its name and descriptor. */
    Set<String> callsOf(Class<?> type) {
        String owner = type.getName().replace('.', '/');
        Set<String> found = new HashSet<>();
        for (int index : called) {
            int method = methods.getOrDefault(index, 0);
            int pair = pairs.getOrDefault(method & 0xffff, 0);
            if (owner.equals(texts.get(classes.get(method >>> 16)))) {
                found.add(texts.get(pair >>> 16) + texts.get(pair & 0xffff));
            }
        }
        return found;
    }

    private void readConstants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 7 -> classes.put(index, in.readUnsignedShort());
                case 10, 11 -> methods.put(index, in.readInt());
                case 12 -> pairs.put(index, in.readInt());
                case 15 -> { // a handle, as of this::call
                    in.readUnsignedByte();
                    called.add(in.readUnsignedShort());
                }
                case 5, 6 -> {
                    in.readLong();
                    index++; // they take two places
                }
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 3, 4, 9, 17, 18 -> in.readInt();
                default -> throw new IOException("a class file with a constant of kind " + tag);
            }
        }
    }

    private void readMembers(DataInputStream in) throws IOException {
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            boolean bridge = (in.readUnsignedShort() & ACC_BRIDGE) != 0; // which means "volatile" for a field
            in.readInt(); // name and descriptor
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                boolean isCode = "Code".equals(texts.get(in.readUnsignedShort()));
                byte[] content = in.readNBytes(in.readInt());
                if (isCode && !bridge) {
                    readCode(content);
                }
            }
        }
    }

    private void readCode(byte[] attribute) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(attribute));
        in.readInt(); // the sizes of stack and frame
        ByteBuffer code = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        for (int at = 0; at < code.limit(); at += length(code, at)) {
            if ((code.get(at) & 0xff) == INVOKEVIRTUAL) {
                called.add(code.getShort(at + 1) & 0xffff);
            }
        }
    }

    private static int length(ByteBuffer code, int at) throws IOException {
        int opcode = code.get(at) & 0xff;
        int operands = (at + 4) & ~3; // of switches: aligned
        int length = switch (opcode) {
            case TABLESWITCH -> operands + 12 + 4 * (code.getInt(operands + 8) - code.getInt(operands + 4) + 1) - at;
            case LOOKUPSWITCH -> operands + 8 + 8 * code.getInt(operands + 4) - at;
            case WIDE -> (code.get(at + 1) & 0xff) == IINC ? 6 : 4;
            default -> LENGTHS[opcode];
        };
        if (length <= 0) {
            throw new IOException("a class file with the instruction " + opcode);
        }
        return length;
    }

    private static byte[] lengths() {
        byte[] lengths = new byte[256];
        fill(lengths, 1, 0x00, 0xc3);
        fill(lengths, 2, 0x10, 0x10, 0x12, 0x12, 0x15, 0x19, 0x36, 0x3a, 0xa9, 0xa9, 0xbc, 0xbc);
        fill(lengths, 3, 0x11, 0x11, 0x13, 0x14, IINC, IINC, 0x99, 0xa8, 0xb2, 0xb8, 0xbb, 0xbb, 0xbd, 0xbd);
        fill(lengths, 3, 0xc0, 0xc1, 0xc6, 0xc7);
        fill(lengths, 4, 0xc5, 0xc5);
        fill(lengths, 5, 0xb9, 0xba, 0xc8, 0xc9);
        return lengths;
    }

    /** Opcodes from the first to the second of each two. */
    private static void fill(byte[] lengths, int length, int... ranges) {
        for (int i = 0; i < ranges.length; i += 2) {
            Arrays.fill(lengths, ranges[i], ranges[i + 1] + 1, (byte) length);
        }
    }
}
