export { version as liftVersion } from '../../../../package.json';
