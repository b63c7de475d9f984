import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import type { Ports, Power } from '../ports.ts';

/** Battery, plug and sleep as Electron tells them. */
export function createPower(monitor: PowerMonitor): Power {
  return {
    onBattery: () => monitor.isOnBatteryPower(),
    onChange(listener) {
      const source = () => listener('source');
      const resumed = () => listener('resumed');
      monitor.on('on-battery', source);
      monitor.on('on-ac', source);
      monitor.on('resume', resumed);
      return () => {
        monitor.off('on-battery', source);
        monitor.off('on-ac', source);
        monitor.off('resume', resumed);
      };
    },
  };
}

/** Keeps the computer, not its screen, awake. */
export function keepAwakeWith(blocker: PowerSaveBlocker): Ports['keepAwake'] {
  return () => {
    const id = blocker.start('prevent-app-suspension');
    return () => void blocker.stop(id);
  };
}
