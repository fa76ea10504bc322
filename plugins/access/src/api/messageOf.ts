export { messageOf } from '@formulary/failure-messages';
