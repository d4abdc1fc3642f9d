import { handlers } from './handlers';
import { serve } from './serve';

serve(handlers);
