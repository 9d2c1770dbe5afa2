import { Size } from 'cdk8s';
import { present } from '../helm/values';

/** Kind of an EBS volume. */
export enum VolumeType {
  GP3 = 'gp3',
  GP2 = 'gp2',
  IO2 = 'io2',
  IO1 = 'io1',
  ST1 = 'st1',
  SC1 = 'sc1',
  STANDARD = 'standard',
}

/**
 * An EBS volume that nodes start with.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings
 */
export interface BlockDevice {
  /** Name of the device: `/dev/xvda`, where Amazon Linux has everything and Bottlerocket itself; `/dev/xvdb`, where Bottlerocket has its data. */
  readonly deviceName: string;

  /**
   * Its size, in whole GiB.
   *
   * @default - that of the snapshot
   */
  readonly size?: Size;

  /**
   * Snapshot that it starts with.
   *
   * @default - none; it then needs a size
   */
  readonly snapshotId?: string;

  /**
   * @default VolumeType.GP3
   */
  readonly volumeType?: VolumeType;

  /**
   * Operations per second, for gp3, io1 and io2.
   *
   * @default - what AWS gives
   */
  readonly iops?: number;

  /**
   * MiB per second, for gp3: 125 to 2000.
   *
   * @default - what AWS gives
   */
  readonly throughput?: number;

  /**
   * Whether it is encrypted. Not said where it starts with a snapshot, whose encryption counts.
   *
   * @default true
   */
  readonly encrypted?: boolean;

  /**
   * Key of KMS that it is encrypted with: an id, an alias or an ARN.
   *
   * @default - the account's usual key for EBS
   */
  readonly kmsKeyId?: string;

  /**
   * Whether it is deleted with the node.
   *
   * @default true
   */
  readonly deleteOnTermination?: boolean;

  /**
   * Whether the kubelet has its directory there, so that its size counts as the node's ephemeral storage.
   *
   * @default - as the family of the image has it
   */
  readonly rootVolume?: boolean;
}

/** A volume as the node class has it. @internal */
export function blockDeviceFields(device: BlockDevice): object {
  const { deviceName, size, snapshotId, volumeType = VolumeType.GP3, iops, throughput, kmsKeyId, deleteOnTermination = true, rootVolume } = device;
  return {
    deviceName,
    rootVolume,
    ebs: present({
      volumeSize: size && `${Math.ceil(size.toKibibytes() / GIB)}Gi`,
      volumeType,
      iops,
      throughput,
      snapshotID: snapshotId,
      encrypted: device.encrypted ?? (snapshotId === undefined ? true : undefined),
      kmsKeyID: kmsKeyId,
      deleteOnTermination,
    }),
  };
}

/** In KiB. */
const GIB = 1024 * 1024;
const WITH_IOPS = [VolumeType.GP3, VolumeType.IO1, VolumeType.IO2];

/** What Karpenter or AWS would refuse, without the name of the object. @internal */
export function blockDeviceProblems(devices: readonly BlockDevice[]): string[] {
  return [
    ...devices.filter(device => device.rootVolume).length <= 1 ? [] : ['has more than one root volume; expected one: say rootVolume of one alone.'],
    ...devices.flatMap(problemsOf),
  ];
}

function problemsOf({ deviceName, size, snapshotId, volumeType = VolumeType.GP3, iops, throughput }: BlockDevice): string[] {
  const start = `has the device ${deviceName}`;
  const gibibytes = size && size.toKibibytes() / GIB;
  return [
    ...size || snapshotId ? [] : [`${start} with neither a size nor a snapshot; expected one of them: say size.`],
    ...gibibytes === undefined || (Number.isInteger(gibibytes) && gibibytes >= 1 && gibibytes <= 59000) ? [] : [
      `${start} of ${size!.asString()}; expected 1 to 59000 whole GiB: round it.`,
    ],
    ...iops === undefined || WITH_IOPS.includes(volumeType) ? [] : [`${start} with iops on a volume of the type ${volumeType}, which has none; expected gp3, io1 or io2: leave iops out.`],
    ...throughput === undefined || (volumeType === VolumeType.GP3 && throughput >= 125 && throughput <= 2000) ? [] : [
      `${start} with a throughput of ${throughput} on a volume of the type ${volumeType}; expected 125 to 2000 on gp3: correct it, or leave it out.`,
    ],
  ];
}
